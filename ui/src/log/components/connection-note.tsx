import { Match, Switch, type JSX } from 'solid-js';
import { useViewer } from '../state/viewer-context.ts';

/** Says how the log stands, below it. */
export function ConnectionNote(): JSX.Element {
  const { log } = useViewer();
  const lines = () => `${log.lineCount().toLocaleString()} ${log.lineCount() === 1 ? 'line' : 'lines'}`;
  return (
    <div class="log-foot">
      <Switch>
        <Match when={log.connection() === 'opening'}>Loading…</Match>
        <Match when={log.connection() === 'live' && log.lineCount() === 0}>
          Nothing printed yet: lines show as they come.
        </Match>
        <Match when={log.connection() === 'live'}>{lines()}, live</Match>
        <Match when={log.connection() === 'lost'}>
          {lines()} · connection lost, trying again; nothing will be missing
        </Match>
        <Match when={log.connection() === 'complete'}>{lines()}</Match>
      </Switch>
    </div>
  );
}
