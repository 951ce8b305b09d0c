import { DanubeError } from '@danube/plugin-api';
import PQueue from 'p-queue';
import type { LocatedValue } from '../../domain/trigger/located-value.js';
import type { PipelineFileProblem } from '../../domain/trigger/pipeline-file.js';
import type { ExtractedMetadata, TriggerExtractor } from '../../services/ports/trigger-extractor.js';
import { runScript, type ScriptEnd } from './run-script.js';

/** What the script of the SDK prints. */
interface Answer {
  readonly pipelines: readonly {
    readonly name: string;
    readonly line: number;
    readonly triggers: LocatedValue | null;
  }[];
  readonly problems: readonly PipelineFileProblem[];
}

export interface ExtractorSettings {
  /** Full path of the interpreter. */
  readonly python: string;
  /** Full path of `_read_triggers.py`, which limits its own memory and processor time. */
  readonly script: string;
  readonly timeoutMs: number;
}

const maxOutputBytes = 8 * 1024 * 1024;
const processesAtOnce = 2;

/** Runs the SDK's reader in a limited process for each file. */
export class PythonTriggerExtractor implements TriggerExtractor {
  readonly #queue = new PQueue({ concurrency: processesAtOnce });

  constructor(private readonly settings: ExtractorSettings) {}

  async extract(text: string, signal: AbortSignal): Promise<ExtractedMetadata> {
    const end = await this.#queue.add(() => this.#run(text, signal), { signal });
    const { code, errors, stopped } = end;
    // a file that takes much processor time has met the script's own limit before: the machine is busy
    if (stopped === 'time') throw failed(`it did not answer within ${this.settings.timeoutMs / 1000} s`);
    if (stopped === 'size') return unreadable('what it says about triggers is too long');
    if (code === 0) return toMetadata(JSON.parse(end.output) as Answer);
    if (code === null || errors.includes('MemoryError')) {
      return unreadable('reading it took more memory or time than a pipeline file may take');
    }
    throw failed(errors.trim().split('\n').at(-1) || `exit code ${code}`);
  }

  async #run(text: string, signal: AbortSignal): Promise<ScriptEnd> {
    const { python, script, timeoutMs } = this.settings;
    const command = [python, '-I', '-S', '-B', '-W', 'ignore', script] as const;
    try {
      return await runScript(command, text, { timeoutMs, maxOutputBytes }, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw failed(error instanceof Error ? error.message : String(error), error);
    }
  }
}

function toMetadata({ pipelines, problems }: Answer): ExtractedMetadata {
  return { pipelines: pipelines.map((found) => ({ ...found, triggers: found.triggers ?? undefined })), problems };
}

function unreadable(message: string): ExtractedMetadata {
  return { pipelines: [], problems: [{ line: 1, column: 1, message }] };
}

function failed(why: string, cause?: unknown): DanubeError {
  return new DanubeError('trigger_reader_failed', `the reader of pipeline files could not run: ${why}`, {
    category: 'unavailable',
    cause,
  });
}
