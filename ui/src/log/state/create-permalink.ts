import { createEffect, createSignal, onCleanup, untrack, type Accessor } from 'solid-js';
import { extendTo, parsePermalink, permalink, type LineRange } from '../rows/permalink.ts';

export interface Permalink {
  /** The lines that the address names. */
  readonly marked: Accessor<LineRange | undefined>;
  /** Marks a line and puts it into the address; `extend` marks all from what is marked up to it. */
  readonly mark: (line: number, extend: boolean) => void;
  /** Brings what the address names into view, as soon as the log has it, and again when the address changes. */
  readonly useToReveal: (lineCount: Accessor<number>, reveal: (line: number) => void) => void;
}

export function createPermalink(): Permalink {
  const [marked, setMarked] = createSignal(parsePermalink(location.hash));
  return {
    marked,
    mark: (line, extend) => {
      const range = extend ? extendTo(marked(), line) : { first: line, last: line };
      setMarked(range);
      history.replaceState(history.state, '', permalink(range));
    },
    useToReveal: (lineCount, reveal) => {
      let missing = untrack(marked)?.first;
      createEffect(() => {
        if (missing === undefined || lineCount() < missing) return;
        reveal(missing);
        missing = undefined;
      });
      const onHashChange = (): void => {
        const range = parsePermalink(location.hash);
        setMarked(range);
        if (range !== undefined) reveal(range.first);
      };
      globalThis.addEventListener('hashchange', onHashChange);
      onCleanup(() => globalThis.removeEventListener('hashchange', onHashChange));
    },
  };
}
