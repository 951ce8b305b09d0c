import { isDanubeError, type ForgeEvent, type PullRequestEvent, type PushEvent } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import { fullRef, shortRef } from '../../domain/job/short-ref.js';
import type { Pipeline, PipelineTrigger } from '../../domain/pipeline/pipeline.js';
import { formatFileProblem } from '../../domain/trigger/pipeline-file.js';
import { hasPathFilter, selectByPaths } from '../../domain/trigger/select-by-paths.js';
import { selectTriggers, type Candidate } from '../../domain/trigger/select-triggers.js';
import type { FindRepositoryAccess } from '../git/find-repository-access.js';
import type { JobRequest } from '../jobs/enqueue-job.js';
import type { SourceCheckout } from '../ports/source-checkout.js';
import type { SourceCommit, SourceFiles } from '../ports/source-files.js';
import { Tokens } from '../tokens.js';
import { inTurns } from './in-turns.js';
import type { ReadPipelineFile } from './read-pipeline-file.js';
import type { RefreshPipelineFiles } from './refresh-pipeline-files.js';

/** As after a forced push, when the server has thrown the commit before away; better one job too many than one too few. */
const incomparable: ReadonlySet<string> = new Set([
  'commit_not_found',
  'git_output_too_large',
  'too_many_changed_paths',
]);

export type TriggerDecision =
  | { readonly kind: 'start'; readonly request: JobRequest; readonly reason: string }
  | { readonly kind: 'skip'; readonly reason: string };

/** Decides what something that happened at a forge means for one pipeline. */
@injectable()
export class DecideTrigger {
  constructor(
    @inject(Tokens.FindRepositoryAccess) private readonly findAccess: FindRepositoryAccess,
    @inject(Tokens.SourceCheckout) private readonly checkout: SourceCheckout,
    @inject(Tokens.SourceFiles) private readonly files: SourceFiles,
    @inject(Tokens.ReadPipelineFile) private readonly readPipelineFile: ReadPipelineFile,
    @inject(Tokens.RefreshPipelineFiles) private readonly refresh: Pick<RefreshPipelineFiles, 'request'>,
  ) {}

  /**
   * For an event whose signature was verified and whose repository the pipeline builds. Writes nothing: the same event gives
   * the same answer again. Call it outside of a transaction, because it may have to ask the repository.
   * @throws DanubeError; where it is retryable, the same call may succeed later, and else it never will
   */
  async execute(pipeline: Pipeline, event: ForgeEvent, signal: AbortSignal): Promise<TriggerDecision> {
    const triggers = pipeline.spec.triggers ?? (await this.#readTriggers(pipeline, event, signal));
    if (typeof triggers === 'string') return { kind: 'skip', reason: triggers };
    const selection = selectTriggers(triggers, event);
    if (selection.kind === 'none') return { kind: 'skip', reason: selection.reason };
    const chosen = await this.#choose(pipeline, event, selection.candidates, signal);
    if (typeof chosen === 'string') return { kind: 'skip', reason: chosen };
    return { kind: 'start', request: toRequest(pipeline, event, chosen), reason: chosen.reason };
  }

  /** The triggers of the pipeline file, or why it has none that count. */
  async #readTriggers(
    pipeline: Pipeline,
    event: ForgeEvent,
    signal: AbortSignal,
  ): Promise<readonly PipelineTrigger[] | string> {
    const { spec } = pipeline;
    if (event.kind === 'push' && event.ref === fullRef(spec.branch)) this.refresh.request(pipeline);
    const source = await this.#fileSource(pipeline, event, signal);
    const { triggers, problems } = await this.readPipelineFile.execute(source, spec.file, signal);
    const [problem] = problems;
    if (problem === undefined) return triggers;
    return `${formatFileProblem(spec.file, problem)}; without readable triggers the pipeline starts by hand only`;
  }

  /** A fork must not decide which of its own pull requests are built: there the file of the target branch counts. */
  async #fileSource(pipeline: Pipeline, event: ForgeEvent, signal: AbortSignal): Promise<SourceCommit> {
    if (event.kind === 'push' || !event.fromFork) return this.#source(pipeline, event.ref, event.commit, signal);
    return this.#source(pipeline, fullRef(event.targetBranch), await this.#baseCommit(pipeline, event, signal), signal);
  }

  async #choose(
    pipeline: Pipeline,
    event: ForgeEvent,
    candidates: readonly Candidate[],
    signal: AbortSignal,
  ): Promise<Candidate | string> {
    const first = candidates[0]!;
    if (event.kind === 'pull_request') {
      if (!hasPathFilter(first.trigger)) return first;
      return inTurns(selectByPaths(candidates, await this.#changedByPullRequest(pipeline, event, signal)));
    }
    const free = candidates.find(({ trigger }) => !hasPathFilter(trigger));
    if (free !== undefined) return free;
    if (event.before === undefined) return unfiltered(first, 'to a new branch or tag');
    try {
      return await inTurns(selectByPaths(candidates, await this.#changedByPush(pipeline, event, event.before, signal)));
    } catch (error) {
      if (isDanubeError(error) && incomparable.has(error.code)) return unfiltered(first, `because ${error.message}`);
      throw error;
    }
  }

  async #changedByPush(
    pipeline: Pipeline,
    { ref, commit }: PushEvent,
    before: string,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const source = await this.#source(pipeline, ref, commit, signal);
    return this.files.changedPaths(source, before, 'direct', signal);
  }

  /** Not to be found out is an error here: which trigger fits may decide about secrets. */
  async #changedByPullRequest(
    pipeline: Pipeline,
    event: PullRequestEvent,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const source = await this.#source(pipeline, event.ref, event.commit, signal);
    return this.files.changedPaths(source, await this.#baseCommit(pipeline, event, signal), 'merge_base', signal);
  }

  async #baseCommit({ spec }: Pipeline, event: PullRequestEvent, signal: AbortSignal): Promise<string> {
    if (event.baseCommit !== undefined) return event.baseCommit;
    const access = await this.findAccess.execute(spec.repository, signal);
    return (await this.checkout.resolve(spec.repository, fullRef(event.targetBranch), access, signal)).commit;
  }

  async #source({ spec }: Pipeline, ref: string, commit: string, signal: AbortSignal): Promise<SourceCommit> {
    const access = await this.findAccess.execute(spec.repository, signal);
    return { repositoryUrl: spec.repository, commit, ref, access };
  }
}

function unfiltered(candidate: Candidate, why: string): Candidate {
  return { ...candidate, reason: `${candidate.reason}; path filters do not apply ${why}` };
}

function toRequest({ spec }: Pipeline, event: ForgeEvent, { trigger }: Candidate): JobRequest {
  const { ref, commit } = event;
  const common = {
    trigger: { type: 'webhook', ref, actor: event.actor === '' ? 'webhook' : event.actor },
    env: {},
  } as const;
  if (event.kind === 'push') {
    const source = { repositoryUrl: spec.repository, ref, branch: shortRef(ref), commit };
    return { ...common, source, pullRequest: undefined, withSecrets: true };
  }
  const { number, targetBranch, fromFork, sourceBranch } = event;
  return {
    ...common,
    source: { repositoryUrl: spec.repository, ref, branch: sourceBranch, commit },
    pullRequest: { number, targetBranch, fromFork },
    withSecrets: !fromFork || (trigger.type === 'pull_request' && trigger.forks === 'with_secrets'),
  };
}
