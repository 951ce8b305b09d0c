import { For, Show } from 'solid-js';
import type { Plugin } from '../../api/types.ts';
import { ToneWord } from '../../components/status/tone-word.tsx';
import type { Tone } from '../../components/status/tones.ts';

const tones: Readonly<Record<Plugin['status'], Tone>> = { loaded: 'good', degraded: 'warn', quarantined: 'bad' };

/** Every plugin, what it adds, and how it stands. */
export function Plugins(props: { readonly plugins: readonly Plugin[] }) {
  const adds = (plugin: Plugin) => plugin.contributes.map(({ point, type }) => `${point}: ${type}`).join(', ');
  return (
    <ul class="border-line bg-raised rounded border">
      <For each={props.plugins}>
        {(plugin) => (
          <li class="border-line grid gap-x-4 gap-y-1 border-b px-4 py-2 last:border-b-0 sm:grid-cols-[minmax(0,16rem)_7rem_minmax(0,1fr)]">
            <span class="wrap-anywhere">
              <span class="text-strong font-medium">{plugin.package}</span>{' '}
              <span class="text-muted text-xs">{plugin.version}</span>
            </span>
            <ToneWord tone={tones[plugin.status]}>{plugin.status}</ToneWord>
            <span class="text-muted wrap-anywhere">
              {adds(plugin)}
              <Show when={plugin.reason}>
                <span class="text-text block">{plugin.reason}</span>
              </Show>
            </span>
          </li>
        )}
      </For>
    </ul>
  );
}
