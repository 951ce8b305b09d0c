import { createUniqueId, type JSX } from 'solid-js';

export const inputLooks = 'border-line bg-raised text-strong w-full rounded border px-2.5 py-1.5';

/** A label above the control that it names. */
export function Field(props: { readonly label: string; readonly children: (id: string) => JSX.Element }) {
  const id = createUniqueId();
  return (
    <div class="flex min-w-0 flex-col gap-1">
      <label for={id} class="text-muted text-xs font-medium">
        {props.label}
      </label>
      {props.children(id)}
    </div>
  );
}
