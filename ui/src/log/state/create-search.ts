import { createEffect, createMemo, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js';
import { searchLog } from '../api/log-api.ts';
import { Hits } from '../search/hits.ts';
import { searchPattern, type SearchTerms } from '../search/search-pattern.ts';
import type { Log } from './create-log.ts';
import { createPulse } from './create-pulse.ts';

export type SearchState = 'idle' | 'searching' | 'done' | 'failed';

export interface Search {
  readonly terms: Accessor<SearchTerms>;
  readonly setTerms: (terms: SearchTerms) => void;
  readonly state: Accessor<SearchState>;
  readonly problem: Accessor<string | undefined>;
  readonly hits: Accessor<Hits>;
  /** Line of the hit that the reader is at. */
  readonly current: Accessor<number | undefined>;
  /** What to mark in a line; undefined where the line was not found. */
  readonly patternFor: (line: number) => RegExp | undefined;
  /** Goes to the next hit, or with -1 to the one before, and on from the other end. */
  readonly go: (direction: 1 | -1) => void;
}

/** While somebody types, the search waits for the next letter that long. */
const typingMs = 120;
/** So often the lines that have come since are searched too. */
const growthMs = 1_000;

/** Searches the whole log on the server. `place` is the line that the reader sees first, `reveal` brings one into view. */
export function createSearch(jobId: string, log: Log, place: () => number, reveal: (line: number) => void): Search {
  const [terms, setTerms] = createSignal<SearchTerms>({ text: '', regex: false, matchCase: false });
  const [state, setState] = createSignal<SearchState>('idle');
  const [problem, setProblem] = createSignal<string>();
  const [current, setCurrent] = createSignal<number>();
  const changed = createPulse(() => undefined);
  let found = new Hits();
  let searchedTo = 0;
  /** Line from which on the first hit is shown. */
  let start = 1;
  let running = new AbortController();

  const hits = createMemo(
    () => {
      changed.track();
      return found;
    },
    undefined,
    { equals: false },
  );
  const pattern = createMemo(() => (terms().text === '' ? undefined : searchPattern(terms())));

  const goTo = (line: number): void => {
    setCurrent(line);
    reveal(line);
  };

  const searchFrom = async (line: number, signal: AbortSignal): Promise<void> => {
    for await (const { event, data } of searchLog(jobId, untrack(terms), line, signal)) {
      if (event === 'found') {
        const { lines, searched_to } = JSON.parse(data) as { lines: number[]; searched_to: number };
        found.add(lines);
        searchedTo = searched_to;
        changed.pulse();
      }
      if (event === 'error') throw new Error((JSON.parse(data) as { message: string }).message);
      const first = found.at(found.firstFrom(start));
      if (untrack(current) === undefined && first !== undefined) goTo(first);
    }
  };

  const begin = async (signal: AbortSignal): Promise<void> => {
    try {
      await searchFrom(1, signal);
      const first = found.at(0);
      if (untrack(current) === undefined && first !== undefined) goTo(first);
      setState('done');
    } catch (error) {
      if (signal.aborted) return;
      setProblem(error instanceof Error ? error.message : String(error));
      setState('failed');
    }
  };

  const reset = (): AbortSignal => {
    running.abort();
    running = new AbortController();
    found = new Hits();
    searchedTo = 0;
    start = place();
    setCurrent(undefined);
    setProblem(undefined);
    changed.pulse();
    return running.signal;
  };

  createEffect(
    on(terms, ({ text }) => {
      const signal = reset();
      setState(text === '' ? 'idle' : 'searching');
      if (text === '') return;
      const timer = setTimeout(() => void begin(signal), typingMs);
      onCleanup(() => clearTimeout(timer));
    }),
  );

  createEffect(() => {
    if (state() !== 'done') return;
    const { signal } = running;
    let busy = false;
    const searchGrowth = async (): Promise<void> => {
      if (busy || untrack(log.lineCount) <= searchedTo) return;
      busy = true;
      await searchFrom(searchedTo + 1, signal).catch(() => undefined);
      busy = false;
    };
    const timer = setInterval(() => void searchGrowth(), growthMs);
    onCleanup(() => clearInterval(timer));
  });
  onCleanup(() => running.abort());

  return {
    terms,
    setTerms,
    state,
    problem,
    hits,
    current,
    patternFor: (line) => (hits().has(line) ? pattern() : undefined),
    go: (direction) => {
      if (found.count === 0) return;
      const from = untrack(current);
      const index = found.firstFrom(from ?? place());
      const step = direction === 1 ? (found.at(index) === from ? 1 : 0) : -1;
      const next = found.at((index + step + found.count) % found.count);
      if (next !== undefined) goTo(next);
    },
  };
}
