import type { JSX } from 'solid-js';

/** Facts under one another, a name and what it is. */
export function Facts(props: { readonly children: JSX.Element }) {
  return (
    <dl class="border-line bg-raised grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-2 rounded border p-4">
      {props.children}
    </dl>
  );
}

export function Fact(props: { readonly name: string; readonly children: JSX.Element }) {
  return (
    <>
      <dt class="text-muted">{props.name}</dt>
      <dd class="min-w-0 wrap-anywhere">{props.children}</dd>
    </>
  );
}
