import { A } from '@solidjs/router';
import { For } from 'solid-js';

/** The pages of the menu; `key` follows a `g` on the keyboard. */
export const pages = [
  { path: '/pipelines', name: 'Pipelines', key: 'p' },
  { path: '/jobs', name: 'Jobs', key: 'j' },
  { path: '/deliveries', name: 'Deliveries', key: 'd' },
  { path: '/system', name: 'System', key: 's' },
] as const;

const looks = 'rounded px-3 py-1.5 font-medium hover:bg-line/60';

export function Navigation() {
  return (
    <nav aria-label="Pages">
      <ul class="flex gap-1 overflow-x-auto md:flex-col">
        <For each={pages}>
          {({ path, name }) => (
            <li>
              <A href={path} class={`block ${looks}`} activeClass="bg-line text-strong" inactiveClass="text-muted">
                {name}
              </A>
            </li>
          )}
        </For>
      </ul>
    </nav>
  );
}
