import type { JobStatus } from '../../api/types.ts';

/** How something fares, and with that its colour. A colour never stands alone: a word or a shape says the same. */
export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'idle';

const tones: Readonly<Record<JobStatus, Tone>> = {
  pending: 'idle',
  scheduling: 'busy',
  running: 'busy',
  success: 'good',
  failure: 'bad',
  timeout: 'warn',
  cancelled: 'idle',
};

export function toneOf(status: JobStatus): Tone {
  return tones[status];
}

/** Whole class names: the style sheet is made of the names that stand in the sources. */
export const textTone: Readonly<Record<Tone, string>> = {
  good: 'text-good',
  bad: 'text-bad',
  warn: 'text-warn',
  busy: 'text-busy',
  idle: 'text-idle',
};

export const fillTone: Readonly<Record<Tone, string>> = {
  good: 'fill-good',
  bad: 'fill-bad',
  warn: 'fill-warn',
  busy: 'fill-busy',
  idle: 'fill-idle',
};

export const backgroundTone: Readonly<Record<Tone, string>> = {
  good: 'bg-good',
  bad: 'bg-bad',
  warn: 'bg-warn',
  busy: 'bg-busy',
  idle: 'bg-idle',
};
