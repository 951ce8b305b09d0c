import { createSignal } from 'solid-js';

const [announcement, announce] = createSignal('');

/** What screen readers say next, without moving anybody's focus. */
export { announcement, announce };
