import { Match, Switch, type JSX } from 'solid-js';
import type { HighlightedSpan } from '../text/highlight.ts';

/** A piece of a line with one look: always a text node, whatever the step has printed. */
export function LineText(props: { readonly span: HighlightedSpan }): JSX.Element {
  const style = () => ({ color: props.span.look.color, 'background-color': props.span.look.background });
  return (
    <Switch
      fallback={
        <span class={props.span.look.classes} style={style()}>
          {props.span.text}
        </span>
      }
    >
      <Match when={props.span.found}>
        <mark>{props.span.text}</mark>
      </Match>
      <Match when={props.span.href}>
        {(href) => (
          <a
            class={`log-link ${props.span.look.classes}`}
            style={style()}
            href={href()}
            target="_blank"
            rel="noreferrer noopener"
          >
            {props.span.text}
          </a>
        )}
      </Match>
    </Switch>
  );
}
