import { formatRelative, formatTime, formatUtc } from '../../format/time.ts';
import { now } from '../../stores/now.ts';

/** A moment: how long ago, or with `exact` to the second in the reader's zone. Hovering shows the zone's time and UTC. */
export function TimeText(props: { readonly at: string; readonly exact?: boolean }) {
  return (
    <time datetime={props.at} title={`${formatTime(props.at)} · ${formatUtc(props.at)}`} class="whitespace-nowrap">
      {props.exact === true ? formatTime(props.at) : formatRelative(props.at, now())}
    </time>
  );
}
