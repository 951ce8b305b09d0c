import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { DanubeError } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import { SecretMatcher } from '../../domain/masking/secret-matcher.js';
import type { Clock } from '../../services/ports/clock.js';
import type { Logger, LoggerFactory } from '../../services/ports/logger.js';
import type {
  JobLogWriter,
  LogRange,
  LogSearch,
  LogSearchProgress,
  LogSection,
  LogStore,
  LogStoreSettings,
  LogViewEvent,
  ReadSource,
} from '../../services/ports/log-store.js';
import type { Metrics } from '../../services/ports/metrics.js';
import { Tokens } from '../../services/tokens.js';
import { followLog } from './follow-log.js';
import { JobLogFile } from './job-log-file.js';
import { LiveLog } from './live-log.js';
import { locateLines } from './locate-lines.js';
import { emptyExtent, readExtent, type LogExtent } from './log-index.js';
import { jobIdOf, logPaths, type LogPaths } from './log-paths.js';
import { logSections } from './log-sections.js';
import { closeFiles, openFiles, readAt } from './open-files.js';
import { PatientWriter } from './patient-writer.js';
import { recoverLog } from './recover-log.js';
import { LogSearches } from './search/log-searches.js';

const noSecrets = new SecretMatcher([]);
const READ_BYTES = 256 * 1024;

/** Job logs as plain files with an index beside each. */
@injectable()
export class LogFiles implements LogStore {
  readonly #live = new Map<string, LiveLog>();
  readonly #searches = new LogSearches();
  readonly #logger: Logger;
  #viewers = 0;

  constructor(
    @inject(Tokens.LogStoreSettings) private readonly settings: LogStoreSettings,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.logs');
  }

  async openWriter(jobId: string, readSource: ReadSource, secrets = noSecrets): Promise<JobLogWriter> {
    const paths = logPaths(this.settings.directory, jobId);
    const live = this.#liveLog(jobId);
    if (live.writing) throw inUse(jobId);
    live.writing = true;
    try {
      return await this.#open(jobId, paths, live, { readSource, secrets });
    } catch (error) {
      this.#stopWriting(jobId, live);
      throw error;
    }
  }

  async size(jobId: string): Promise<number | undefined> {
    return (await this.#extent(jobId))?.size;
  }

  async countLines(jobId: string): Promise<number> {
    return (await this.#extent(jobId))?.lines ?? 0;
  }

  async locateLines(jobId: string, first: number, last: number): Promise<LogRange> {
    const extent = (await this.#extent(jobId)) ?? emptyExtent;
    return locateLines(logPaths(this.settings.directory, jobId), extent, first, last);
  }

  async sections(jobId: string, fromLine: number, limit: number): Promise<readonly LogSection[]> {
    const extent = (await this.#extent(jobId)) ?? emptyExtent;
    return logSections(logPaths(this.settings.directory, jobId), extent, fromLine, limit);
  }

  async search(
    jobId: string,
    search: LogSearch,
    report: (progress: LogSearchProgress) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const extent = (await this.#extent(jobId)) ?? emptyExtent;
    if (search.fromLine > extent.lines) return;
    await this.#searches.run(logPaths(this.settings.directory, jobId), extent, search, report, signal);
  }

  async *read(jobId: string, range: LogRange): AsyncGenerator<Buffer> {
    const extent = (await this.#extent(jobId)) ?? emptyExtent;
    const to = Math.min(range.to, extent.size);
    if (range.from >= to) return;
    const log = await open(logPaths(this.settings.directory, jobId).log, 'r');
    try {
      for (let offset = range.from; offset < to;) {
        const bytes = await readAt(log, offset, Math.min(READ_BYTES, to - offset));
        if (bytes.length === 0) return;
        yield bytes;
        offset += bytes.length;
      }
    } finally {
      await log.close();
    }
  }

  async *follow(jobId: string, from: number, signal: AbortSignal): AsyncGenerator<LogViewEvent> {
    const paths = logPaths(this.settings.directory, jobId);
    const live = this.#liveLog(jobId);
    live.join();
    this.metrics.set('danube_log_viewers', ++this.#viewers);
    try {
      const { maxViewerLagBytes: maxLagBytes } = this.settings;
      for await (const event of followLog(paths, live, { from, maxLagBytes, signal })) {
        if (event.kind === 'skipped') this.metrics.count('danube_log_skipped_bytes_total', {}, event.bytes);
        yield event;
      }
    } finally {
      this.metrics.set('danube_log_viewers', --this.#viewers);
      live.leave();
      this.#forget(jobId, live);
    }
  }

  async storedBytes(jobId: string): Promise<number> {
    const { log, index, remarks } = logPaths(this.settings.directory, jobId);
    const sizes = await Promise.all([log, index, remarks].map((path) => stat(path).catch(() => undefined)));
    return sizes.reduce((sum, found) => sum + (found?.size ?? 0), 0);
  }

  async listJobs(): Promise<readonly string[]> {
    const names = await readdir(this.settings.directory).catch(() => []);
    return [...new Set(names.flatMap((name) => jobIdOf(name) ?? []))];
  }

  async remove(jobId: string): Promise<void> {
    const paths = logPaths(this.settings.directory, jobId);
    const live = this.#live.get(jobId);
    if (live?.writing === true) throw inUse(jobId);
    // The index goes first: without it there is no log, whatever happens next.
    for (const path of [paths.index, paths.log, paths.remarks]) await rm(path, { force: true });
    if (live === undefined) return;
    live.extent = undefined;
    live.removed = true;
    live.announce();
  }

  async #open(
    jobId: string,
    paths: LogPaths,
    live: LiveLog,
    { readSource, secrets }: { readonly readSource: ReadSource; readonly secrets: SecretMatcher },
  ): Promise<JobLogWriter> {
    await mkdir(this.settings.directory, { recursive: true });
    const files = await openFiles(paths);
    try {
      const disk = new PatientWriter(jobId, this.clock, this.#logger);
      const recovered = await recoverLog(files, disk, readSource, secrets);
      if (!recovered.whole) this.#logger.warn('raw output is gone; lines of the log are lost', { job_id: jobId });
      live.removed = false;
      live.advance({ ...recovered.extent, complete: false }, []);
      return new JobLogFile({
        jobId,
        files,
        disk,
        recovered,
        secrets,
        clock: this.clock,
        maxBytes: this.settings.maxBytes,
        onCommit: (extent, buffers) => this.#commit(live, extent, buffers),
        onClosed: (complete) => {
          if (complete && live.extent !== undefined) live.extent = { ...live.extent, complete };
          this.#stopWriting(jobId, live);
        },
      });
    } catch (error) {
      await closeFiles(files);
      throw error;
    }
  }

  #commit(live: LiveLog, extent: LogExtent, buffers: readonly Buffer[]): void {
    const before = live.extent ?? emptyExtent;
    this.metrics.count('danube_log_bytes_total', {}, extent.size - before.size);
    this.metrics.count('danube_log_lines_total', {}, extent.lines - before.lines);
    live.advance(extent, buffers);
  }

  #stopWriting(jobId: string, live: LiveLog): void {
    live.writing = false;
    live.announce();
    this.#forget(jobId, live);
  }

  #liveLog(jobId: string): LiveLog {
    const live = this.#live.get(jobId) ?? new LiveLog();
    this.#live.set(jobId, live);
    return live;
  }

  #forget(jobId: string, live: LiveLog): void {
    if (live.idle) this.#live.delete(jobId);
  }

  #extent(jobId: string): Promise<LogExtent | undefined> | LogExtent {
    return this.#live.get(jobId)?.extent ?? readExtent(logPaths(this.settings.directory, jobId));
  }
}

function inUse(jobId: string): DanubeError {
  return new DanubeError('log_in_use', `The log of job ${jobId} is being written; wait for the job to end.`, {
    category: 'conflict',
  });
}
