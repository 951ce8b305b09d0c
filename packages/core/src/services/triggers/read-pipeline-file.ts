import { isDanubeError } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import { formatConfigPath } from '../../domain/config/config-path.js';
import { expandedLength } from '../../domain/glob/glob-list.js';
import { locate, plainValue } from '../../domain/trigger/located-value.js';
import type { PipelineFileProblem, PipelineFileTriggers } from '../../domain/trigger/pipeline-file.js';
import type { PipelineTrigger } from '../../domain/pipeline/pipeline.js';
import type { SourceCommit, SourceFiles } from '../ports/source-files.js';
import type { MarkedPipeline, TriggerExtractor } from '../ports/trigger-extractor.js';
import type { TriggerParser } from '../ports/trigger-parser.js';
import { Tokens } from '../tokens.js';

export interface ReadPipelineFileAnswer extends PipelineFileTriggers {
  /** Undefined where the commit has no such file, or one that is not read. */
  readonly blobId: string | undefined;
}

const cachedFiles = 1000;
const shownProblems = 20;
/** Whoever may push can write patterns, and every later event is compared with all of them. */
const longestPatterns = 20_000;

/** Finds out what the pipeline file of a commit says about triggers. The same content is read once. */
@injectable()
export class ReadPipelineFile {
  /** By the content's object name, the one that was asked for last at the end. */
  readonly #cache = new Map<string, PipelineFileTriggers>();

  constructor(
    @inject(Tokens.SourceFiles) private readonly files: SourceFiles,
    @inject(Tokens.TriggerExtractor) private readonly extractor: TriggerExtractor,
    @inject(Tokens.TriggerParser) private readonly parser: TriggerParser,
  ) {}

  /**
   * A file that is missing or wrong is an answer: no triggers, and the problem.
   * @throws DanubeError of the repository, or `trigger_reader_failed`; most of them are retryable
   */
  async execute(source: SourceCommit, path: string, signal: AbortSignal): Promise<ReadPipelineFileAnswer> {
    let file: Awaited<ReturnType<SourceFiles['readFile']>>;
    try {
      file = await this.files.readFile(source, path, signal);
    } catch (error) {
      if (!isDanubeError(error) || error.code !== 'source_file_refused') throw error;
      return { blobId: undefined, triggers: [], problems: [atStart(error.message)] };
    }
    if (file === undefined) return { blobId: undefined, triggers: [], problems: [atStart('there is no such file')] };
    const { blobId, text } = file;
    const triggers = this.#cache.get(blobId) ?? (await this.#read(text, signal));
    this.#cache.delete(blobId);
    this.#cache.set(blobId, triggers);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > cachedFiles && oldest !== undefined) this.#cache.delete(oldest);
    return { blobId, ...triggers };
  }

  async #read(text: string, signal: AbortSignal): Promise<PipelineFileTriggers> {
    const { pipelines, problems: unread } = await this.extractor.extract(text, signal);
    const triggers: PipelineTrigger[] = [];
    const problems: PipelineFileProblem[] = [...unread];
    for (const pipeline of pipelines) {
      const parsed = await this.#parse(pipeline);
      triggers.push(...parsed.triggers);
      problems.push(...parsed.problems);
    }
    if (expandedLength(triggers.flatMap(patternsOf)) > longestPatterns) problems.push(atStart(tooManyPatterns));
    return problems.length > 0 ? { triggers: [], problems: problems.slice(0, shownProblems) } : { triggers, problems };
  }

  async #parse({ triggers }: MarkedPipeline): Promise<PipelineFileTriggers> {
    if (triggers === undefined) return { triggers: [], problems: [] };
    const parsed = await this.parser.parse(plainValue(triggers));
    if (parsed.kind === 'valid') return { triggers: parsed.triggers, problems: [] };
    const problems = parsed.problems.map(({ path, atKey, message, suggestion }) => ({
      ...locate(triggers, path, atKey),
      message: `${formatConfigPath(['triggers', ...path])}: ${message}${suggestion === undefined ? '' : ` (${suggestion})`}`,
    }));
    return { triggers: [], problems };
  }
}

const tooManyPatterns = `the patterns of its triggers have more than ${longestPatterns} characters in all, each brace written out`;

function patternsOf(trigger: PipelineTrigger): readonly string[] {
  if (trigger.type !== 'push' && trigger.type !== 'pull_request') return [];
  const tags = trigger.type === 'push' ? trigger.tags : [];
  return [...trigger.branches, ...tags, ...trigger.paths, ...trigger.pathsIgnore];
}

function atStart(message: string): PipelineFileProblem {
  return { line: 1, column: 1, message };
}
