import { createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { ConnectionNote } from './components/connection-note.tsx';
import { LogRows } from './components/log-rows.tsx';
import { actionOf, shortcuts } from './components/shortcuts.ts';
import { Toolbar } from './components/toolbar.tsx';
import { createViewer } from './state/create-viewer.ts';
import { ViewerContext } from './state/viewer-context.ts';
import './log.css';

export interface LogViewerProps {
  readonly jobId: string;
  /** True while the job runs: the viewer then begins at the end and follows it. Looked at once. */
  readonly live: boolean;
  /** Sequence numbers of the steps that failed: an error is looked for there first. */
  readonly failedSteps?: readonly number[];
  /** What a downloaded log is called; `<job id>.log` unless given. */
  readonly fileName?: string;
}

/** A job's log of any length: read, searched and followed without having it all in memory. */
export function LogViewer(props: LogViewerProps): JSX.Element {
  const [attempt, setAttempt] = createSignal(1);
  return (
    <Show when={`${props.jobId} ${attempt()}`} keyed>
      <OpenedLog {...props} onRetry={() => setAttempt(attempt() + 1)} />
    </Show>
  );
}

function OpenedLog(props: LogViewerProps & { readonly onRetry: () => void }): JSX.Element {
  // eslint-disable-next-line solid/reactivity -- another job is another viewer
  const viewer = createViewer({ jobId: props.jobId, live: props.live });
  let root!: HTMLElement;
  let searchInput: HTMLInputElement | undefined;

  onMount(() => {
    const keys = shortcuts(viewer, () => searchInput?.focus());
    const onKeyDown = (event: KeyboardEvent): void => {
      const action = actionOf(event, keys, root);
      if (action === undefined) return;
      // the keys of the page leave alone what is done already
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    onCleanup(() => document.removeEventListener('keydown', onKeyDown, { capture: true }));
  });

  return (
    <ViewerContext.Provider value={viewer}>
      <section ref={root} class="log-viewer" aria-label="Log">
        <Toolbar
          failedSteps={props.failedSteps ?? []}
          fileName={props.fileName ?? `${props.jobId}.log`}
          searchInput={(input) => (searchInput = input)}
        />
        <Show
          when={viewer.log.problem()}
          fallback={
            <>
              <LogRows />
              <ConnectionNote />
            </>
          }
        >
          {(problem) => (
            <div class="log-problem" role="alert">
              <p>The log cannot be shown: {problem()}</p>
              <button type="button" onClick={() => props.onRetry()}>
                Try again
              </button>
            </div>
          )}
        </Show>
      </section>
    </ViewerContext.Provider>
  );
}
