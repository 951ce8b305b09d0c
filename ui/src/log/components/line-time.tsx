import { Match, Switch, type JSX } from 'solid-js';
import { clockTime, sinceStart } from '../rows/line-times.ts';
import { useViewer } from '../state/viewer-context.ts';

/** When a line came, as the reader wants to see it; UTC shows on hovering. */
export function LineTime(props: { readonly time: number | undefined }): JSX.Element {
  const viewer = useViewer();
  const utc = () => new Date(props.time ?? 0).toISOString();
  return (
    <Switch>
      <Match when={props.time === undefined || viewer.settings.time === 'off'}>{undefined}</Match>
      <Match when={viewer.settings.time === 'absolute'}>
        <time class="log-time" datetime={utc()} title={utc()}>
          {clockTime(props.time ?? 0)}
        </time>
      </Match>
      <Match when={viewer.settings.time === 'relative'}>
        <time class="log-time" datetime={utc()} title={utc()}>
          {sinceStart(props.time ?? 0, viewer.startTime() ?? props.time ?? 0)}
        </time>
      </Match>
    </Switch>
  );
}
