import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { DanubeError } from '@danube/plugin-api';
import type { CallMark } from '../guard/call-mark.js';
import { stuckCallScript } from './stuck-call-script.js';

const everyMs = 1_000;
const dayMs = 86_400_000;
/** So many within a day, and the plugin counts as failed. */
const most = 3;

interface StuckCall {
  /** ISO 8601. */
  readonly at: string;
  /** `id point.method`. */
  readonly call: string;
}

/**
 * Calls of plugins that did not return. Only the end of the process helps against one; whoever watches over the server starts
 * it again, and the record keeps a plugin that does it again and again from being loaded.
 */
export class StuckCalls {
  constructor(
    /** A file of one JSON object a line; it need not be there. */
    private readonly record: string,
  ) {}

  /** Ends this process once a call has held its thread for that long. The answer ends the watch. */
  watch({ memory }: CallMark, limitMs: number): () => Promise<void> {
    const looks = Math.ceil(limitMs / everyMs);
    const workerData = { memory, looks, everyMs, record: this.record };
    const worker = new Worker(stuckCallScript, { eval: true, execArgv: [], workerData });
    worker.unref();
    return async () => void (await worker.terminate());
  }

  /** @throws DanubeError `plugin_stuck` (invalid) where code of the plugin blocked the server too often of late */
  async check(name: string, id: string, now: number): Promise<void> {
    const ofLate = (await this.#read()).filter(
      ({ at, call }) => call.startsWith(`${id} `) && now - Date.parse(at) < dayMs,
    );
    const last = ofLate.at(-1);
    if (last === undefined || ofLate.length < most) return;
    throw new DanubeError(
      'plugin_stuck',
      `${name} blocked the server ${ofLate.length} times within a day and ended it so, the last time at ${last.at} in ${last.call}; install a version that does not, and remove ${this.record}`,
      { category: 'invalid' },
    );
  }

  async #read(): Promise<readonly StuckCall[]> {
    const text = await readFile(this.record, 'utf8').catch(() => '');
    return text.split('\n').flatMap((line) => {
      try {
        return [JSON.parse(line) as StuckCall];
      } catch {
        // the last line of a disk that was full
        return [];
      }
    });
  }
}
