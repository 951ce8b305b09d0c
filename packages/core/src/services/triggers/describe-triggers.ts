import { inject, injectable } from 'tsyringe';
import type { CronRun } from '../../domain/cron/cron-run.js';
import { parseCron } from '../../domain/cron/cron-schedule.js';
import { isFromWrongClock } from '../../domain/cron/wrong-clock.js';
import type { Pipeline, PipelineTrigger } from '../../domain/pipeline/pipeline.js';
import { sameSource, type PipelineFile, type PipelineFileProblem } from '../../domain/trigger/pipeline-file.js';
import type { Clock } from '../ports/clock.js';
import type { CronRunRepository } from '../ports/cron-run-repository.js';
import type { PipelineFileRepository } from '../ports/pipeline-file-repository.js';
import { Tokens } from '../tokens.js';
import type { RefreshPipelineFiles } from './refresh-pipeline-files.js';

const shownRuns = 3;

/** One schedule of a pipeline. Times are milliseconds since the epoch. */
export interface DescribedSchedule {
  readonly schedule: string;
  /** Soonest first. */
  readonly nextRuns: readonly number[];
  /** Undefined until the server has taken the schedule up. */
  readonly lastRun: CronRun | undefined;
}

/** What starts jobs of a pipeline at present. */
export interface DescribedTriggers {
  /** Who says so: the config repository, or the pipeline file. */
  readonly origin: 'config' | 'file';
  /** Undefined where the pipeline file has not been read yet. */
  readonly triggers: readonly PipelineTrigger[] | undefined;
  /** What is wrong with the triggers of the pipeline file, which then has none. */
  readonly problems: readonly PipelineFileProblem[];
  /** The commit whose pipeline file this is. */
  readonly commit: string | undefined;
  /** Why the pipeline file could not be read the last time. */
  readonly failure: string | undefined;
  readonly schedules: readonly DescribedSchedule[];
}

/** Says which triggers of a pipeline are in force, where they come from, and when its schedules are due next. */
@injectable()
export class DescribeTriggers {
  constructor(
    @inject(Tokens.PipelineFileRepository) private readonly pipelineFiles: PipelineFileRepository,
    @inject(Tokens.CronRunRepository) private readonly cronRuns: CronRunRepository,
    @inject(Tokens.RefreshPipelineFiles) private readonly refresh: Pick<RefreshPipelineFiles, 'failure'>,
    @inject(Tokens.Clock) private readonly clock: Clock,
  ) {}

  /** By id of the pipeline. */
  async execute(pipelines: readonly Pipeline[]): Promise<ReadonlyMap<string, DescribedTriggers>> {
    const ids = pipelines.map(({ id }) => id);
    const [files, runs] = await Promise.all([
      this.pipelineFiles.listByPipelines(ids),
      this.cronRuns.listByPipelines(ids),
    ]);
    const fileOf = new Map(files.map((file) => [file.pipelineId, file]));
    return new Map(
      pipelines.map((pipeline) => {
        const own = runs.filter(({ pipelineId }) => pipelineId === pipeline.id);
        return [pipeline.id, this.#describe(pipeline, fileOf.get(pipeline.id), own)];
      }),
    );
  }

  #describe({ id, spec }: Pipeline, stored: PipelineFile | undefined, runs: readonly CronRun[]): DescribedTriggers {
    if (spec.triggers !== undefined) {
      const schedules = this.#schedules(spec.triggers, runs);
      return {
        origin: 'config',
        triggers: spec.triggers,
        problems: [],
        commit: undefined,
        failure: undefined,
        schedules,
      };
    }
    const file = stored !== undefined && sameSource(stored.source, spec) ? stored : undefined;
    return {
      origin: 'file',
      triggers: file?.triggers,
      problems: file?.problems ?? [],
      commit: file?.commit,
      failure: this.refresh.failure(id),
      schedules: this.#schedules(file?.triggers ?? [], runs),
    };
  }

  #schedules(triggers: readonly PipelineTrigger[], runs: readonly CronRun[]): DescribedSchedule[] {
    const names = triggers.flatMap((trigger) => (trigger.type === 'cron' ? [trigger.schedule] : []));
    return [...new Set(names)].map((schedule) => {
      const lastRun = runs.find((run) => run.schedule === schedule);
      const nextRuns = parseCron(schedule).upcoming(shownRuns, dealtWithUntil(lastRun, this.clock.now()));
      return { schedule, nextRuns, lastRun };
    });
  }
}

/** A clock that was set back makes nothing due again. */
function dealtWithUntil(lastRun: CronRun | undefined, now: number): number {
  if (lastRun === undefined || isFromWrongClock(lastRun.lastDueAt, now)) return now;
  return Math.max(lastRun.lastDueAt, now);
}
