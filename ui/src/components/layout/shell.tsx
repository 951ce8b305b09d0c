import { A, useNavigate, type RouteSectionProps } from '@solidjs/router';
import { createEffect, createSignal, on, onCleanup, onMount, Suspense } from 'solid-js';
import { announcement } from '../../stores/announcement.ts';
import { listenToKeys } from '../../stores/keyboard.ts';
import { openEvents } from '../../stores/live.ts';
import { Skeleton } from '../states/skeleton.tsx';
import { Account } from './account.tsx';
import { ConnectionNotice } from './connection-notice.tsx';
import { KeyboardHelp } from './keyboard-help.tsx';
import { Navigation, pages } from './navigation.tsx';

/** What stands around every page. */
export function Shell(props: RouteSectionProps) {
  const navigate = useNavigate();
  const [helpShown, setHelpShown] = createSignal(false);
  let main!: HTMLElement;
  onMount(() => {
    onCleanup(openEvents());
    onCleanup(listenToKeys({ pages, goTo: (path) => navigate(path), showHelp: () => setHelpShown(true) }));
  });
  // keys and screen readers go on at the new page, not at a link that is gone
  createEffect(
    on(
      () => props.location.pathname,
      () => main.focus({ preventScroll: true }),
      { defer: true },
    ),
  );
  return (
    <div class="flex min-h-screen flex-col md:flex-row">
      <a href="#main" class="bg-raised sr-only focus:not-sr-only focus:absolute focus:p-3">
        Skip to the page
      </a>
      <header class="border-line flex flex-col gap-3 border-b p-3 md:sticky md:top-0 md:h-screen md:w-48 md:shrink-0 md:border-r md:border-b-0 md:p-4">
        <div class="flex items-center justify-between">
          <A href="/pipelines" class="text-strong flex items-center gap-2 text-base font-semibold">
            <img src="/icons/danube.svg" alt="" class="size-6" />
            Danube
          </A>
          <div class="md:hidden">
            <Account />
          </div>
        </div>
        <Navigation />
        <div class="mt-auto hidden flex-col items-start gap-3 md:flex">
          <Account />
          <button type="button" class="text-muted text-xs underline" onClick={() => setHelpShown(true)}>
            Keyboard: press ?
          </button>
        </div>
      </header>
      <main ref={main} id="main" tabindex="-1" class="max-w-7xl min-w-0 flex-1 p-4 outline-none md:p-6">
        <ConnectionNotice />
        <Suspense fallback={<Skeleton />}>{props.children}</Suspense>
      </main>
      <div aria-live="polite" class="sr-only">
        {announcement()}
      </div>
      <KeyboardHelp open={helpShown()} onClose={() => setHelpShown(false)} />
    </div>
  );
}
