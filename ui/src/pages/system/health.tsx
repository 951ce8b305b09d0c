import { For, Show } from 'solid-js';
import type { Readiness } from '../../api/types.ts';
import { ToneWord } from '../../components/status/tone-word.tsx';
import type { Tone } from '../../components/status/tones.ts';

const tones: Readonly<Record<Readiness['status'], Tone>> = { ok: 'good', degraded: 'warn', unavailable: 'bad' };

/** Each part of the server. */
export function Health(props: { readonly readiness: Readiness }) {
  return (
    <div class="border-line bg-raised rounded border">
      <p class="border-line border-b px-4 py-2">
        The server is <ToneWord tone={tones[props.readiness.status]}>{props.readiness.status}</ToneWord>
      </p>
      <ul>
        <For each={props.readiness.checks}>
          {(check) => (
            <li class="border-line grid gap-x-4 border-b px-4 py-2 last:border-b-0 sm:grid-cols-[14rem_6rem_minmax(0,1fr)]">
              <span class="text-strong font-medium">{check.name}</span>
              <ToneWord tone={check.status === 'ok' ? 'good' : check.optional ? 'warn' : 'bad'}>
                {check.status}
              </ToneWord>
              <span class="text-muted wrap-anywhere">
                {check.message}
                <Show when={check.optional && check.status === 'failed'}> (the server goes on without it)</Show>
              </span>
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}
