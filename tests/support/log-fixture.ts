import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogFiles } from '@danube/core/adapters/log-files/log-files.js';
import type { LogStore, LogStoreSettings, LogViewEvent } from '@danube/core/services/ports/log-store.js';
import { vi } from 'vitest';
import { FakeClock } from './fake-clock.js';
import { RecordingLoggers } from './recording-logger.js';
import { RecordingMetrics } from './recording-metrics.js';

/** A log store on a folder of its own. */
export class LogFixture {
  readonly clock = new FakeClock();
  readonly metrics = new RecordingMetrics();
  readonly loggers = new RecordingLoggers();
  readonly store: LogFiles;

  private constructor(readonly settings: LogStoreSettings) {
    this.store = this.restart();
  }

  static async create(settings: Partial<LogStoreSettings> = {}): Promise<LogFixture> {
    const directory = settings.directory ?? (await mkdtemp(join(tmpdir(), 'danube-logs-')));
    return new LogFixture({ directory, maxBytes: 2 ** 40, maxViewerLagBytes: 8 * 1024 * 1024, ...settings });
  }

  /** Another store on the same files, as after a restart of the master. */
  restart(): LogFiles {
    return new LogFiles(this.settings, this.clock, this.metrics, this.loggers);
  }

  async dispose(): Promise<void> {
    await rm(this.settings.directory, { recursive: true, force: true });
  }
}

/** For logs that need no repair. */
export function noSource(): Promise<Buffer> {
  return Promise.reject(new Error('the raw output was not to be read'));
}

export async function readLog(store: LogStore, jobId: string, from = 0, to = Infinity): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const bytes of store.read(jobId, { from, to })) parts.push(bytes);
  return Buffer.concat(parts);
}

/** The log as text without the heads' times. */
export async function readText(store: LogStore, jobId: string): Promise<string> {
  return (await readLog(store, jobId)).toString().replace(/^\[[^\]]{24}\] /gm, '');
}

/** What stands behind the heads of one stream's lines, as bytes in latin1. */
export function linesOf(log: Buffer, name: string, stream: 'stdout' | 'stderr'): string[] {
  const head = new RegExp(`^\\[\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z\\] \\[${name}\\] \\[${stream}\\] `);
  const lines = log.toString('latin1').split('\n').slice(0, -1);
  return lines.filter((line) => head.test(line)).map((line) => line.replace(head, ''));
}

/** Everything that a viewer is told until its end. */
export async function collect(events: AsyncIterable<LogViewEvent>): Promise<LogViewEvent[]> {
  const collected: LogViewEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

export function textOf(events: readonly LogViewEvent[]): Buffer {
  return Buffer.concat(events.map((event) => (event.kind === 'text' ? event.bytes : Buffer.alloc(0))));
}

/** How many bytes are read through file handles while `work` runs. */
export async function bytesRead(work: () => Promise<void>): Promise<number> {
  const probe = await open(tmpdir(), 'r');
  const handles = Object.getPrototypeOf(probe) as typeof probe;
  await probe.close();
  const read = vi.spyOn(handles, 'read');
  try {
    await work();
    const results = await Promise.all(read.mock.results.map(({ value }) => value as Promise<{ bytesRead: number }>));
    return results.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  } finally {
    read.mockRestore();
  }
}
