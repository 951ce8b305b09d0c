import type { Viewer } from '../state/create-viewer.ts';
import type { TimeDisplay } from '../state/viewer-settings.ts';

const times: readonly TimeDisplay[] = ['off', 'absolute', 'relative'];

/** What keys do: those of `anywhere` on the whole page, the others where the log has the focus. */
export function shortcuts(viewer: Viewer, focusSearch: () => void): Shortcuts {
  const { scroller, search, settings, changeSettings } = viewer;
  const nextTime = () => times[(times.indexOf(settings.time) + 1) % times.length] ?? 'off';
  return {
    anywhere: {
      '/': focusSearch,
      n: () => search.go(1),
      N: () => search.go(-1),
      f: () => scroller.setFollowing(!scroller.following()),
      w: () => changeSettings({ wrap: !settings.wrap }),
      t: () => changeSettings({ time: nextTime() }),
      j: () => scroller.scrollBy(1),
      k: () => scroller.scrollBy(-1),
      G: () => scroller.toEnd(),
    },
    // elsewhere g begins the keys that go to other pages
    inLog: { g: () => scroller.toTop() },
  };
}

export interface Shortcuts {
  readonly anywhere: Readonly<Record<string, () => void>>;
  readonly inLog: Readonly<Record<string, () => void>>;
}

/** Undefined where the key means nothing to the log, or goes into a field. */
export function actionOf(event: KeyboardEvent, keys: Shortcuts, root: HTMLElement): (() => void) | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const target = event.target instanceof HTMLElement ? event.target : undefined;
  if (target?.matches('input, textarea, select, [contenteditable]')) return undefined;
  return keys.anywhere[event.key] ?? (root.contains(target ?? null) ? keys.inLog[event.key] : undefined);
}
