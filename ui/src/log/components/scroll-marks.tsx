import { createMemo, For, Show, type JSX } from 'solid-js';
import { useViewer } from '../state/viewer-context.ts';

/** More cannot be told apart at the height of a scrollbar. */
const mostMarks = 200;

/** Shows beside the scrollbar where found lines are. */
export function ScrollMarks(): JSX.Element {
  const { search, log, rows } = useViewer();
  const marks = createMemo(() => (search.hits().count === 0 ? [] : search.hits().marks(log.lineCount(), mostMarks)));
  const place = (line: number) => `${(rows().rowOf(line) / Math.max(1, rows().rows)) * 100}%`;
  return (
    <div class="log-marks" aria-hidden="true">
      <For each={marks()}>{(line) => <span style={{ top: place(line) }} />}</For>
      <Show when={search.current()}>{(line) => <span class="log-current-mark" style={{ top: place(line()) }} />}</Show>
    </div>
  );
}
