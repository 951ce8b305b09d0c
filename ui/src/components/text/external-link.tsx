import { Show, type JSX } from 'solid-js';

/** A link to another site; only its text where no address is known. */
export function ExternalLink(props: { readonly href: string | undefined; readonly children: JSX.Element }) {
  return (
    <Show when={props.href} fallback={props.children}>
      {(href) => (
        <a href={href()} target="_blank" rel="noopener noreferrer" class="text-accent underline">
          {props.children}
        </a>
      )}
    </Show>
  );
}
