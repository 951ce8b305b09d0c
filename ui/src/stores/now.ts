import { createSignal } from 'solid-js';

const [now, setNow] = createSignal(Date.now());

/** Milliseconds since the epoch; what reads it is shown anew each second. */
export { now };

setInterval(() => setNow(Date.now()), 1000);
