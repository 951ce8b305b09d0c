import { Show } from 'solid-js';
import { connection } from '../../stores/live.ts';

/** Says when what is shown may be old. */
export function ConnectionNotice() {
  return (
    <Show when={connection() === 'lost'}>
      <p role="status" class="border-warn text-warn mb-4 rounded border px-3 py-2 font-medium">
        The connection to the server is lost; what you see may be old. Trying again…
      </p>
    </Show>
  );
}
