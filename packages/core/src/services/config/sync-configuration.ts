import { isDanubeError } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { ConfigProblem, Configuration } from '../../domain/config/configuration.js';
import type { AssembledConfiguration } from '../../domain/config/assemble-configuration.js';
import { diffConfiguration, type ConfigurationDiff } from '../../domain/config/diff-configuration.js';
import { repositoryProblem } from '../../domain/config/format-problem.js';
import type { Clock } from '../ports/clock.js';
import type { ConfigParser } from '../ports/config-parser.js';
import type { ConfigSource } from '../ports/config-source.js';
import type { ConfigStateRepository } from '../ports/config-state-repository.js';
import type { ExtensionBuilder, PreparedExtensions } from '../ports/extension-builder.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import type { ConfigSecrets, PreparedSecrets } from '../secrets/config-secrets.js';
import { Tokens } from '../tokens.js';
import type { ActiveConfiguration } from './active-configuration.js';
import type { ReportSync } from './report-sync.js';
import type { StoredConfiguration } from './stored-configuration.js';

export interface SyncOutcome {
  readonly status: 'applied' | 'unchanged' | 'failed';
  /** The commit that was looked at; undefined where the repository could not be read. */
  readonly commit: string | undefined;
  /** Why it failed; empty otherwise. */
  readonly problems: readonly ConfigProblem[];
  /** What was applied. */
  readonly diff: ConfigurationDiff | undefined;
}

type ValidConfiguration = Extract<AssembledConfiguration, { kind: 'valid' }>;

interface Change {
  readonly configuration: Configuration;
  readonly diff: ConfigurationDiff;
  readonly secrets: PreparedSecrets;
}

/** Brings the head of the config repository into force, all of it or nothing. */
@injectable()
export class SyncConfiguration {
  #running: Promise<unknown> = Promise.resolve();
  /** Saves reading the stored configuration when the next commit comes. */
  #inForce: Configuration | undefined;
  /** A commit with problems is not read again before another one comes. */
  #refused: SyncOutcome | undefined;
  /** What the last attempt failed of, so that the same is told and recorded once; undefined before the first one. */
  #lastFailure: string | undefined;

  constructor(
    @inject(Tokens.ConfigSource) private readonly source: ConfigSource,
    @inject(Tokens.ConfigParser) private readonly parser: ConfigParser,
    @inject(Tokens.ConfigStateRepository) private readonly state: ConfigStateRepository,
    @inject(Tokens.StoredConfiguration) private readonly stored: StoredConfiguration,
    @inject(Tokens.ActiveConfiguration) private readonly active: ActiveConfiguration,
    @inject(Tokens.UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @inject(Tokens.ReportSync) private readonly report: ReportSync,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.ExtensionBuilder) private readonly extensions: ExtensionBuilder,
    @inject(Tokens.ConfigSecrets) private readonly secrets: ConfigSecrets,
  ) {}

  /**
   * One sync at a time: a call during another one waits and then looks again. A repository that cannot be read and a
   * configuration with problems are outcomes; the last good commit stays in force.
   * @throws only the signal's reason and failures of our own database
   */
  execute(signal: AbortSignal): Promise<SyncOutcome> {
    const run = this.#running.then(() => this.#sync(signal));
    this.#running = run.catch(() => undefined);
    return run;
  }

  async #sync(signal: AbortSignal): Promise<SyncOutcome> {
    const startedAt = this.clock.now();
    let commit: string | undefined;
    try {
      commit = await this.source.fetchHead(signal);
      if (commit === this.active.applied.commit) return await this.#unchanged(commit, startedAt);
      if (commit === this.#refused?.commit) return await this.#fail(this.#refused, startedAt);
      const files = await this.source.readFiles(commit, signal);
      const result = await this.parser.parse(files, signal);
      if (result.kind === 'valid') return await this.#bringIntoForce(commit, result, startedAt, signal);
      return await this.#refuse(commit, result.problems, startedAt);
    } catch (error) {
      signal.throwIfAborted();
      if (!isDanubeError(error)) throw error;
      const problems = [repositoryProblem(error.message)];
      return this.#fail({ status: 'failed', commit, problems, diff: undefined }, startedAt);
    }
  }

  async #unchanged(commit: string, startedAt: number): Promise<SyncOutcome> {
    // the record of a failure that is over would say for ever that the last sync failed
    if (this.#lastFailure !== '' && (await this.state.listSyncs(1))[0]?.status === 'failed') {
      await this.state.recordSync({
        commit,
        status: 'applied',
        startedAt,
        finishedAt: this.clock.now(),
        problems: [],
      });
    }
    this.#lastFailure = '';
    this.report.unchanged();
    return { status: 'unchanged', commit, problems: [], diff: undefined };
  }

  /** What a plugin lacks may come without a new commit, so that such a failure is tried again at the next sync. */
  async #bringIntoForce(
    commit: string,
    { configuration, locate, locateSecret }: ValidConfiguration,
    startedAt: number,
    signal: AbortSignal,
  ): Promise<SyncOutcome> {
    const diff = diffConfiguration(this.#inForce ?? (await this.stored.read()), configuration);
    const secrets = await this.secrets.prepare(diff.secrets);
    if (secrets.kind === 'invalid') return this.#refuse(commit, secrets.problems.map(locateSecret), startedAt);
    const next = await this.extensions.prepare(configuration.settings.integrations, signal);
    if (next.kind === 'invalid') {
      const problems = next.problems.map(locate);
      return this.#fail({ status: 'failed', commit, problems, diff: undefined }, startedAt);
    }
    try {
      return await this.#apply(commit, { configuration, diff, secrets: secrets.prepared }, next.prepared, startedAt);
    } catch (error) {
      await next.prepared.discard();
      throw error;
    }
  }

  async #apply(
    commit: string,
    { configuration, diff, secrets }: Change,
    extensions: PreparedExtensions,
    startedAt: number,
  ): Promise<SyncOutcome> {
    const appliedAt = this.clock.now();
    await this.unitOfWork.run(async () => {
      await this.stored.apply(diff);
      await this.secrets.apply(secrets, commit);
      await this.state.setCurrent(commit, configuration.settings, appliedAt);
      await this.state.recordSync({ commit, status: 'applied', startedAt, finishedAt: appliedAt, problems: [] });
    });
    extensions.commit();
    this.#inForce = configuration;
    this.#lastFailure = '';
    this.active.replace({ commit, settings: configuration.settings, appliedAt });
    this.report.applied(commit, diff);
    return { status: 'applied', commit, problems: [], diff };
  }

  #refuse(commit: string, problems: readonly ConfigProblem[], startedAt: number): Promise<SyncOutcome> {
    this.#refused = { status: 'failed', commit, problems, diff: undefined };
    return this.#fail(this.#refused, startedAt);
  }

  async #fail(outcome: SyncOutcome, startedAt: number): Promise<SyncOutcome> {
    const { commit, problems } = outcome;
    const failure = JSON.stringify([commit, problems]);
    const isNew = failure !== this.#lastFailure;
    this.#lastFailure = failure;
    this.report.failed(commit, isNew ? problems : []);
    if (isNew) {
      await this.state.recordSync({ commit, status: 'failed', startedAt, finishedAt: this.clock.now(), problems });
    }
    return outcome;
  }
}
