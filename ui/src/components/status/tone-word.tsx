import type { JSX } from 'solid-js';
import { textTone, type Tone } from './tones.ts';

const signs: Readonly<Record<Tone, string>> = { good: '✓', bad: '✕', warn: '!', busy: '…', idle: '–' };

/** A word that says how something fares, for whatever is no job. */
export function ToneWord(props: { readonly tone: Tone; readonly children: JSX.Element }) {
  return (
    <span class={`inline-flex items-baseline gap-1.5 font-medium ${textTone[props.tone]}`}>
      <span aria-hidden="true">{signs[props.tone]}</span>
      <span>{props.children}</span>
    </span>
  );
}
