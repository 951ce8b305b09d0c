import { createSignal, onCleanup, Show, type JSX } from 'solid-js';
import { logUrl } from '../api/log-api.ts';
import { copyText } from '../rows/copy-text.ts';
import { findFirstError } from '../search/first-error.ts';
import { useViewer } from '../state/viewer-context.ts';
import type { TimeDisplay } from '../state/viewer-settings.ts';
import { SearchBar } from './search-bar.tsx';
import { StepsMenu } from './steps-menu.tsx';

export interface ToolbarProps {
  readonly failedSteps: readonly number[];
  readonly fileName: string;
  readonly searchInput: (input: HTMLInputElement) => void;
}

export function Toolbar(props: ToolbarProps): JSX.Element {
  const viewer = useViewer();
  const { scroller, settings } = viewer;
  const [note, setNote] = createSignal('');
  const over = new AbortController();
  onCleanup(() => over.abort());

  const goToFirstError = async (): Promise<void> => {
    const { jobId, reveal, mark } = viewer;
    const line = await findFirstError(jobId, props.failedSteps, over.signal);
    setNote(line === undefined ? 'No error found' : `Error at line ${line}`);
    if (line === undefined) return;
    mark(line, false);
    reveal(line);
  };
  const copy = async (): Promise<void> => {
    const range = viewer.marked();
    if (range === undefined) return;
    await navigator.clipboard.writeText(await copyText(viewer.jobId, range, over.signal));
    setNote('Copied');
  };
  const tell = (work: () => Promise<void>): void => {
    work().catch((error: unknown) => {
      if (!over.signal.aborted) setNote(error instanceof Error ? error.message : String(error));
    });
  };

  return (
    <div class="log-toolbar">
      <SearchBar ref={props.searchInput} />
      <div class="log-actions" role="toolbar" aria-label="Log">
        <button type="button" onClick={() => tell(goToFirstError)} title="Go to the first error">
          First error
        </button>
        <StepsMenu />
        <button
          type="button"
          aria-pressed={settings.wrap}
          title="Wrap long lines (w)"
          onClick={() => viewer.changeSettings({ wrap: !settings.wrap })}
        >
          Wrap
        </button>
        <label class="log-choice">
          Time
          <select
            value={settings.time}
            title="Show times (t)"
            onChange={(event) => viewer.changeSettings({ time: event.currentTarget.value as TimeDisplay })}
          >
            <option value="off">off</option>
            <option value="absolute">clock</option>
            <option value="relative">since start</option>
          </select>
        </label>
        <Show when={viewer.marked()}>
          <button type="button" onClick={() => tell(copy)} title="Copy the marked lines without their numbers">
            Copy lines
          </button>
        </Show>
        <a class="log-button" href={logUrl(viewer.jobId)} download={props.fileName}>
          Download
        </a>
        <Show when={viewer.log.connection() !== 'complete'}>
          <button
            type="button"
            aria-pressed={scroller.following()}
            title="Stay at the end (f)"
            onClick={() => scroller.setFollowing(!scroller.following())}
          >
            Follow
          </button>
        </Show>
        <span class="log-note" role="status">
          {note()}
        </span>
      </div>
    </div>
  );
}
