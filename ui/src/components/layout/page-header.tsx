import type { JSX } from 'solid-js';

interface PageHeaderProps {
  readonly title: string;
  /** Beside the title, for example a status. */
  readonly beside?: JSX.Element;
  /** What can be done here. */
  readonly actions?: JSX.Element;
  readonly children?: JSX.Element;
}

/** The top of a page: what it is about and what can be done. */
export function PageHeader(props: PageHeaderProps) {
  return (
    <header class="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div class="min-w-0">
        <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 class="text-xl wrap-anywhere">{props.title}</h1>
          {props.beside}
        </div>
        {props.children}
      </div>
      <div class="flex flex-wrap items-center gap-2">{props.actions}</div>
    </header>
  );
}
