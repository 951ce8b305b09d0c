import { For } from 'solid-js';
import { logKeys } from '../../log/log-keys.ts';
import { Dialog } from './dialog.tsx';
import { pages } from './navigation.tsx';

const keys: readonly (readonly [string, string])[] = [
  ['/', 'search or filter'],
  ['j', 'next row'],
  ['k', 'row before'],
  ['Enter', 'open the row'],
  ...pages.map(({ key, name }) => [`g ${key}`, name] as const),
  ['?', 'this help'],
  ...logKeys,
];

export function KeyboardHelp(props: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard" open={props.open} onClose={() => props.onClose()}>
      <dl class="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        <For each={keys}>
          {([key, meaning]) => (
            <>
              <dt>
                <kbd class="border-line bg-ground rounded border px-1.5 font-mono">{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </>
          )}
        </For>
      </dl>
    </Dialog>
  );
}
