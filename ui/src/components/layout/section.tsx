import { createUniqueId, Show, type JSX } from 'solid-js';

interface SectionProps {
  readonly title: string;
  readonly note?: JSX.Element;
  readonly children: JSX.Element;
}

/** A part of a page with a heading. */
export function Section(props: SectionProps) {
  const id = createUniqueId();
  return (
    <section aria-labelledby={id} class="mb-7">
      <div class="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 id={id} class="text-base">
          {props.title}
        </h2>
        <Show when={props.note}>
          <span class="text-muted text-xs">{props.note}</span>
        </Show>
      </div>
      {props.children}
    </section>
  );
}
