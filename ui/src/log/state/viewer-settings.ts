import { createEffect } from 'solid-js';
import { createStore } from 'solid-js/store';

export type TimeDisplay = 'off' | 'absolute' | 'relative';

export interface ViewerSettings {
  readonly wrap: boolean;
  readonly time: TimeDisplay;
}

const key = 'danube.log-viewer';
const standard: ViewerSettings = { wrap: false, time: 'off' };

/** What the reader has chosen, as this browser remembers it. */
export function createViewerSettings(): readonly [ViewerSettings, (changes: Partial<ViewerSettings>) => void] {
  const [settings, change] = createStore<ViewerSettings>({ ...standard, ...remembered() });
  createEffect(() => localStorage.setItem(key, JSON.stringify(settings)));
  return [settings, change];
}

function remembered(): Partial<ViewerSettings> {
  try {
    const { wrap, time } = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<ViewerSettings>;
    return {
      ...(typeof wrap === 'boolean' && { wrap }),
      ...((time === 'off' || time === 'absolute' || time === 'relative') && { time }),
    };
  } catch {
    return {};
  }
}
