import { Show } from 'solid-js';
import { StatusBadge } from '../../components/status/status-badge.tsx';
import { backgroundTone, toneOf } from '../../components/status/tones.ts';
import { placeOf, type Stretch, type Timeline } from '../../domain/timeline.ts';
import { formatDuration } from '../../format/duration.ts';

interface TimelineRowProps {
  readonly stretch: Stretch;
  readonly timeline: Timeline;
}

export function TimelineRow(props: TimelineRowProps) {
  const place = () => placeOf(props.stretch, props.timeline);
  const colour = () => (props.stretch.step === undefined ? 'bg-idle' : backgroundTone[toneOf(props.stretch.status)]);
  return (
    <li class="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-1.5 md:grid-cols-[minmax(0,16rem)_7rem_minmax(0,1fr)_6rem]">
      <span class="truncate" title={props.stretch.step?.command}>
        <Show when={props.stretch.step} fallback={<span class="text-muted">{props.stretch.name}</span>}>
          <span class="text-strong font-medium">{props.stretch.name}</span>
        </Show>
      </span>
      <span class="justify-self-end md:justify-self-start">
        <Show when={props.stretch.step}>
          <StatusBadge status={props.stretch.status} />
          <Show when={props.stretch.step?.exit_code}>
            <span class="text-muted ml-1 text-xs">exit {props.stretch.step?.exit_code}</span>
          </Show>
        </Show>
      </span>
      <span class="col-span-2 flex items-center gap-4 md:contents">
        <span class="bg-line relative h-2 flex-1 overflow-hidden rounded">
          <span
            class={`absolute inset-y-0 rounded ${colour()}`}
            style={{ left: `${place().left}%`, width: `${place().width}%` }}
          />
        </span>
        <span class="w-20 text-right tabular-nums md:w-auto">
          {formatDuration(props.stretch.to - props.stretch.from)}
        </span>
      </span>
    </li>
  );
}
