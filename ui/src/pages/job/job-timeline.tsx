import { createMemo, Index } from 'solid-js';
import type { JobDetail } from '../../api/types.ts';
import { timelineOf } from '../../domain/timeline.ts';
import { now } from '../../stores/now.ts';
import { TimelineRow } from './timeline-row.tsx';

/** Where the time went: a row for each stretch, its bar as long as it was, where it was. */
export function JobTimeline(props: { readonly job: JobDetail }) {
  const timeline = createMemo(() => timelineOf(props.job, props.job.finished_at === undefined ? now() : 0));
  return (
    <ol class="border-line bg-raised rounded border py-1">
      <Index each={timeline().stretches}>
        {(stretch) => <TimelineRow stretch={stretch()} timeline={timeline()} />}
      </Index>
    </ol>
  );
}
