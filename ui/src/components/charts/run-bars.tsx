import { createMemo, For } from 'solid-js';
import type { RecentJob } from '../../api/types.ts';
import { barsOf } from '../../domain/bars.ts';
import { now } from '../../stores/now.ts';
import { fillTone, toneOf } from '../status/tones.ts';

const width = 5;
const gap = 2;
const height = 24;
const slots = 20;

/** The last runs of a pipeline: a bar each, as high as the run was long, in the colour of its status. */
export function RunBars(props: { readonly jobs: readonly RecentJob[] }) {
  const bars = createMemo(() => barsOf(props.jobs, now()));
  const label = () =>
    `Last runs, oldest first: ${
      bars()
        .map(({ job }) => job.status)
        .join(', ') || 'none'
    }`;
  const x = (index: number) => (slots - bars().length + index) * (width + gap);
  return (
    <svg viewBox={`0 0 ${slots * (width + gap)} ${height}`} class="h-6 w-35" role="img" aria-label={label()}>
      <For each={bars()}>
        {(bar, index) => (
          <rect
            x={x(index())}
            y={height * (1 - bar.height)}
            width={width}
            height={height * bar.height}
            class={fillTone[toneOf(bar.job.status)]}
          >
            <title>{`#${bar.job.number} ${bar.job.status}`}</title>
          </rect>
        )}
      </For>
    </svg>
  );
}
