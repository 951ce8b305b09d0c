import type { JobStatus, Step } from '../../api/types.ts';
import { StatusIcon } from './status-icon.tsx';
import { textTone, toneOf } from './tones.ts';

/** A status as shape, word and colour. */
export function StatusBadge(props: { readonly status: JobStatus | Step['status'] }) {
  return (
    <span
      class={`inline-flex items-center align-middle gap-1.5 font-medium whitespace-nowrap ${textTone[toneOf(props.status)]}`}
    >
      <StatusIcon status={props.status} />
      {props.status}
    </span>
  );
}
