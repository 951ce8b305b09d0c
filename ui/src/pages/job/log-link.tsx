import type { JobDetail } from '../../api/types.ts';

/** The log as text. */
export function LogLink(props: { readonly job: JobDetail }) {
  return (
    <a href={`/api/v1/jobs/${props.job.id}/logs`} target="_blank" class="text-accent underline">
      The whole log as text
    </a>
  );
}
