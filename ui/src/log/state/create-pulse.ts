import { batch, createSignal, onCleanup } from 'solid-js';

export interface Pulse {
  /** Whoever calls it in a computation computes again after a pulse. */
  readonly track: () => void;
  readonly pulse: () => void;
}

/**
 * Tells that something has changed, with the next frame and at most once a frame: thousands of lines a second are drawn
 * sixty times. `onFrame` runs first, in the same batch.
 */
export function createPulse(onFrame: () => void): Pulse {
  const [track, trigger] = createSignal(undefined, { equals: false });
  let frame: number | undefined;
  const run = (): void => {
    frame = undefined;
    batch(() => {
      onFrame();
      trigger();
    });
  };
  onCleanup(() => {
    if (frame !== undefined) cancelAnimationFrame(frame);
  });
  return { track, pulse: () => (frame ??= requestAnimationFrame(run)) };
}
