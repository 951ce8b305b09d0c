import { createEffect, onCleanup } from 'solid-js';
import type { JobStatus } from '../api/types.ts';
import { toneOf } from '../components/status/tones.ts';

const plainIcon = '/icons/danube.svg';

/** Names the page in the tab of the browser; with a status, the icon of the tab shows it too. */
export function usePageTitle(title: () => string, status: () => JobStatus | undefined = () => undefined): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  createEffect(() => {
    const current = status();
    document.title = [current, title(), 'Danube'].filter((part) => part).join(' · ');
    if (icon !== null) icon.href = current === undefined ? plainIcon : `/icons/${toneOf(current)}.svg`;
  });
  onCleanup(() => {
    document.title = 'Danube';
    if (icon !== null) icon.href = plainIcon;
  });
}
