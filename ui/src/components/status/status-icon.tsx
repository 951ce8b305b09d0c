import type { JobStatus, Step } from '../../api/types.ts';

type Status = JobStatus | Step['status'];

const paths: Readonly<Record<Status, string>> = {
  pending: 'M8 4.5V8l2.5 1.5',
  scheduling: 'M5 8h.01M8 8h.01M11 8h.01',
  running: 'M8 2a6 6 0 0 1 6 6',
  success: 'm5 8.2 2.1 2.1L11 6',
  failure: 'm5.7 5.7 4.6 4.6m0-4.6-4.6 4.6',
  timeout: 'M8 4.5V8l-2.5 1.5M2 2l1.5 1.5',
  cancelled: 'M4 4l8 8',
};

/** The shape of a status; the word stands beside it. */
export function StatusIcon(props: { readonly status: Status }) {
  return (
    <svg
      viewBox="0 0 16 16"
      class="size-4 shrink-0"
      classList={{ 'motion-safe:animate-spin': props.status === 'running' }}
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <circle cx="8" cy="8" r="6" opacity={props.status === 'running' ? 0.3 : 1} />
      <path d={paths[props.status]} />
    </svg>
  );
}
