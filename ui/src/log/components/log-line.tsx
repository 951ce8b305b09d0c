import { createMemo, For, Show, type JSX } from 'solid-js';
import { contains } from '../rows/permalink.ts';
import { useViewer } from '../state/viewer-context.ts';
import { highlight, type HighlightedSpan } from '../text/highlight.ts';
import { lineSpans } from '../text/line-spans.ts';
import { parseLine } from '../text/parse-line.ts';
import { LineText } from './line-text.tsx';
import { LineTime } from './line-time.tsx';

/** Longer lines are cut off until the reader wants to see all of them. */
const shownCharacters = 4_000;

/** A line of the log with its number. */
export function LogLine(props: { readonly number: number }): JSX.Element {
  const viewer = useViewer();
  const stored = createMemo(() => viewer.log.line(props.number));
  const parsed = createMemo(() => parseLine(stored() ?? ''));
  const whole = () => viewer.isWhole(props.number);
  const shown = createMemo(() => lineSpans(parsed().text, whole() ? Infinity : shownCharacters));
  const spans = createMemo<readonly HighlightedSpan[]>(() => {
    const pattern = viewer.search.patternFor(props.number);
    if (pattern !== undefined) return highlight(shown().spans, pattern);
    return shown().spans.map((span) => ({ ...span, found: false }));
  });
  return (
    <div
      class="log-row"
      classList={{
        'log-stderr': parsed().stderr,
        'log-marked': contains(viewer.marked(), props.number),
        'log-current': viewer.search.current() === props.number,
      }}
    >
      <a
        class="log-number"
        href={`#L${props.number}`}
        aria-label={`line ${props.number}${parsed().stderr ? ', stderr' : ''}`}
        onClick={(event) => {
          event.preventDefault();
          viewer.mark(props.number, event.shiftKey);
        }}
      >
        {props.number}
      </a>
      <span class="log-stream" aria-hidden="true" title={parsed().stderr ? 'stderr' : undefined}>
        {parsed().stderr ? '!' : ''}
      </span>
      <LineTime time={parsed().time} />
      <Show when={stored() !== undefined} fallback={<span class="log-text log-waiting">…</span>}>
        <span class="log-text" classList={{ 'log-whole': whole() }}>
          <For each={spans()}>{(span) => <LineText span={span} />}</For>
          <Show when={shown().cut > 0}>
            <button type="button" class="log-more" onClick={() => viewer.showWhole(props.number)}>
              {shown().cut.toLocaleString()} more characters: show all
            </button>
          </Show>
        </span>
      </Show>
    </div>
  );
}
