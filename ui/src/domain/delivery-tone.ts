import type { Tone } from '../components/status/tones.ts';
import type { Delivery, Verdict } from '../api/types.ts';

const verdictTones: Readonly<Record<Verdict['outcome'], Tone>> = {
  triggered: 'good',
  duplicate: 'busy',
  skipped: 'idle',
  rejected: 'bad',
};

export function verdictTone(outcome: Verdict['outcome']): Tone {
  return verdictTones[outcome];
}

/** Of a whole delivery: what failed or was refused stands out, then what has started a job. */
export function deliveryTone({ status, event, verdict_counts: counts }: Delivery): Tone {
  if (status === 'received') return 'busy';
  if (status === 'failed' || counts.rejected > 0 || event === 'unreadable') return 'bad';
  if (event === 'unverified') return 'warn';
  return counts.triggered > 0 ? 'good' : 'idle';
}
