import type { JSX } from 'solid-js';

/** Where there is nothing: why, and what to do next. */
export function EmptyState(props: { readonly title: string; readonly children: JSX.Element }) {
  return (
    <div class="border-line rounded border border-dashed p-8 text-center">
      <p class="text-strong font-medium">{props.title}</p>
      <p class="text-muted mt-1">{props.children}</p>
    </div>
  );
}
