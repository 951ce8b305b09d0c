import { createEffect, createMemo, createSignal, untrack, type Accessor } from 'solid-js';
import { RowMap } from '../rows/row-map.ts';
import { parseLine } from '../text/parse-line.ts';
import { createLog, type Log } from './create-log.ts';
import { createPermalink, type Permalink } from './create-permalink.ts';
import { createScroller, type Scroller } from './create-scroller.ts';
import { createSearch, type Search } from './create-search.ts';
import { createViewerSettings, type ViewerSettings } from './viewer-settings.ts';

export interface ViewedJob {
  readonly jobId: string;
  /** True while the job runs: the viewer then begins at the end and follows it. */
  readonly live: boolean;
}

/** All that the parts of the viewer share. */
export interface Viewer extends Pick<Permalink, 'marked' | 'mark'> {
  readonly jobId: string;
  readonly log: Log;
  readonly rows: Accessor<RowMap>;
  readonly scroller: Scroller;
  readonly search: Search;
  readonly settings: ViewerSettings;
  readonly changeSettings: (changes: Partial<ViewerSettings>) => void;
  /** Time of the first line, once it is known. */
  readonly startTime: Accessor<number | undefined>;
  /** Brings a line into view, and unfolds its step. */
  readonly reveal: (line: number) => void;
  readonly fold: (step: string, folded: boolean) => void;
  readonly isWhole: (line: number) => boolean;
  /** Shows a long line uncut. */
  readonly showWhole: (line: number) => void;
}

export function createViewer({ jobId, live }: ViewedJob): Viewer {
  const { marked, mark, useToReveal } = createPermalink();
  const [folded, setFolded] = createSignal<ReadonlySet<string>>(new Set());
  const [whole, setWhole] = createSignal<ReadonlySet<number>>(new Set());
  const [startTime, setStartTime] = createSignal<number>();
  const [settings, changeSettings] = createViewerSettings();
  const log = createLog(jobId, untrack(marked)?.first ?? 1);
  const rows = createMemo(() => new RowMap(log.lineCount(), log.sections(), folded()));
  const scroller = createScroller({
    map: rows,
    wrapped: () => settings.wrap,
    growing: () => log.connection() !== 'complete',
    follow: live && untrack(marked) === undefined,
  });

  const fold = (step: string, fold: boolean): void => {
    const next = new Set(folded());
    if (fold) next.add(step);
    else next.delete(step);
    setFolded(next);
  };
  const reveal = (line: number): void => {
    const step = untrack(rows).stepOf(line);
    if (step !== undefined && untrack(folded).has(step)) fold(step, false);
    scroller.reveal(untrack(rows).rowOf(line));
  };
  const firstVisible = (): number => {
    const { first, last } = untrack(scroller.visible);
    for (let row = first; row < last; row++) {
      const shown = untrack(rows).at(row);
      if (shown?.kind === 'line') return shown.line;
    }
    return 1;
  };
  const search = createSearch(jobId, log, firstVisible, reveal);

  createEffect(() => {
    const { first, last } = scroller.visible();
    const lines: number[] = [];
    for (let row = first; row < last; row++) {
      const shown = rows().at(row);
      if (shown?.kind === 'line' && log.line(shown.line) === undefined) lines.push(shown.line);
    }
    if (settings.time === 'relative' && startTime() === undefined) {
      const line = log.line(1);
      if (line === undefined) lines.push(1);
      else setStartTime(parseLine(line).time);
    }
    log.want(lines);
  });

  useToReveal(log.lineCount, reveal);

  return {
    jobId,
    log,
    rows,
    scroller,
    search,
    settings,
    changeSettings,
    startTime,
    marked,
    mark,
    reveal,
    fold,
    isWhole: (line) => whole().has(line),
    showWhole: (line) => setWhole(new Set(whole()).add(line)),
  };
}
