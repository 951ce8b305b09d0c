import { For, Show } from 'solid-js';
import type { Job } from '../../api/types.ts';
import { JobRow } from './job-row.tsx';

interface JobTableProps {
  readonly jobs: readonly Job[];
  /** Left out where all jobs are of one. */
  readonly withPipeline?: boolean;
}

/** Jobs, one a row; on a narrow screen a row becomes two lines. */
export function JobTable(props: JobTableProps) {
  return (
    <div class="border-line bg-raised overflow-hidden rounded border">
      <table class="w-full">
        <caption class="sr-only">Jobs, newest first</caption>
        <thead class="border-line text-muted hidden border-b text-left text-xs md:table-header-group">
          <tr>
            <th scope="col" class="w-32 px-3 py-2 font-medium">
              Status
            </th>
            <th scope="col" class="px-3 py-2 font-medium">
              <Show when={props.withPipeline} fallback="Job">
                Pipeline and job
              </Show>
            </th>
            <th scope="col" class="px-3 py-2 font-medium">
              Branch and commit
            </th>
            <th scope="col" class="px-3 py-2 font-medium">
              Started by
            </th>
            <th scope="col" class="px-3 py-2 font-medium">
              Created
            </th>
            <th scope="col" class="px-3 py-2 text-right font-medium">
              Duration
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.jobs}>{(job) => <JobRow job={job} withPipeline={props.withPipeline === true} />}</For>
        </tbody>
      </table>
    </div>
  );
}
