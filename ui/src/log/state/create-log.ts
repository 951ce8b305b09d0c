import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js';
import { toApiError } from '../../api/api-error.ts';
import { fetchLines, fetchSections } from '../api/log-api.ts';
import { ChunkLoader } from '../lines/chunk-loader.ts';
import { chunkOf, LineStore, linesOfChunk } from '../lines/line-store.ts';
import { followLog } from '../live/follow-log.ts';
import type { NumberedLine } from '../live/live-lines.ts';
import { StepSections, type Section } from '../rows/step-sections.ts';
import { sourceOf } from '../text/parse-line.ts';
import { createPulse } from './create-pulse.ts';

export type Connection = 'opening' | 'live' | 'lost' | 'complete';

/** A job's log: what of it is in memory, and how it grows. */
export interface Log {
  readonly lineCount: Accessor<number>;
  readonly sections: Accessor<readonly Section[]>;
  readonly connection: Accessor<Connection>;
  /** Why the log cannot be shown, in the server's words. */
  readonly problem: Accessor<string | undefined>;
  /** The line as the server stores it; undefined until it has been loaded. */
  readonly line: (number: number) => string | undefined;
  /** Loads these lines if they are not there, and forgets those of the call before. */
  readonly want: (lines: readonly number[]) => void;
}

/** Opens the log where `firstWanted` stands and follows it until it is complete. */
export function createLog(jobId: string, firstWanted: number): Log {
  const store = new LineStore();
  const steps = new StepSections();
  const over = new AbortController();
  const [lineCount, setLineCount] = createSignal(0);
  const [connection, setConnection] = createSignal<Connection>('opening');
  const [problem, setProblem] = createSignal<string>();
  /** Lines that are known to be there. */
  let seen = 0;
  let complete = false;
  // the last lines and the news that they are the last are drawn together
  const changed = createPulse(() => {
    setLineCount(seen);
    if (complete) setConnection('complete');
  });
  onCleanup(() => over.abort());

  const sections = createMemo(
    () => {
      changed.track();
      return steps.all;
    },
    undefined,
    { equals: false },
  );

  const sawLines = (count: number): void => {
    seen = Math.max(seen, count);
    changed.pulse();
  };

  const loadChunk = async (chunk: number) => {
    const { first, last } = linesOfChunk(chunk);
    const { lines, length } = await fetchLines(jobId, first, last, over.signal);
    lines.forEach((text, index) => store.put(first + index, text));
    sawLines(length.lines);
    return length;
  };
  const loader = new ChunkLoader(
    async (chunk) => void (await loadChunk(chunk)),
    () => changed.pulse(),
  );

  const loadSections = async (from: number): Promise<void> => {
    for await (const page of fetchSections(jobId, from, over.signal)) {
      for (const { name, firstLine, lastLine } of page) steps.add({ name, firstLine, lastLine });
      changed.pulse();
    }
  };

  const takeLines = (lines: readonly NumberedLine[]): void => {
    for (const { number, text } of lines) {
      store.put(number, text);
      steps.add({ name: sourceOf(text), firstLine: number, lastLine: number });
    }
    sawLines(lines.at(-1)?.number ?? 0);
  };

  const open = async (): Promise<void> => {
    const { bytes } = await loadChunk(chunkOf(firstWanted));
    const onConnection = (connected: boolean) => setConnection(connected ? 'live' : 'lost');
    const follower = { onLines: takeLines, onConnection };
    await Promise.all([loadSections(1), followLog(jobId, bytes, follower, over.signal)]);
    // the server moves a reader ahead that is too slow: what it has left out then is asked for
    if (steps.firstMissing <= seen) await loadSections(steps.firstMissing);
    complete = true;
    changed.pulse();
  };
  const fail = (error: unknown): void => {
    if (!over.signal.aborted) setProblem(toApiError(error).message);
  };
  void open().catch(fail);

  return {
    lineCount,
    sections,
    connection,
    problem,
    line: (number) => {
      changed.track();
      return store.get(number);
    },
    want: (lines) => loader.want(store.missing(lines)),
  };
}
