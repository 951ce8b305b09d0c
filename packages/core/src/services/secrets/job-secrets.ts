import { SecretValue } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { Job } from '../../domain/job/job.js';
import { SecretMatcher } from '../../domain/masking/secret-matcher.js';
import { isMaskable } from '../../domain/masking/value-forms.js';
import type { JobSecretRepository } from '../ports/job-secret-repository.js';
import type { Metrics } from '../ports/metrics.js';
import type { SecretCipher } from '../ports/secret-cipher.js';
import type { SecretMask } from '../ports/secret-mask.js';
import { Tokens } from '../tokens.js';
import type { SecretReader } from './secret-reader.js';

type JobSecretValues = ReadonlyMap<string, SecretValue>;

/**
 * The secrets of jobs, decrypted in memory while they run. Each job keeps those that it saw when it started, also over a
 * restart of the master: its log is masked by them, and must come out the same when a crash has it rendered again.
 */
@injectable()
export class JobSecrets {
  readonly #loaded = new Map<string, JobSecretValues>();
  readonly #matchers = new Map<string, SecretMatcher>();

  constructor(
    @inject(Tokens.SecretReader) private readonly reader: SecretReader,
    @inject(Tokens.JobSecretRepository) private readonly repository: JobSecretRepository,
    @inject(Tokens.SecretCipher) private readonly cipher: SecretCipher,
    @inject(Tokens.SecretMask) private readonly mask: SecretMask,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
  ) {}

  /**
   * Takes the secrets that the job's pipeline sees now; none where the job may have none. Call it before the job starts;
   * a second call replaces what the first has taken.
   * @throws DanubeError `secret_unreadable`
   */
  async take({ id, pipelineId, withSecrets }: Job): Promise<void> {
    const values: JobSecretValues = withSecrets
      ? await this.reader.readAll({ kind: 'pipeline', pipelineId })
      : new Map<string, SecretValue>();
    const sealed = [...values].map(([name, value]) => ({
      name,
      ciphertext: this.cipher.seal(new TextEncoder().encode(value.reveal()), sealedForJob(id, name)),
    }));
    await this.repository.save(id, sealed);
    this.#keep(id, values);
  }

  /**
   * What the job has taken, from memory or, after a restart, from the database.
   * @throws DanubeError `secret_unreadable`
   */
  async of(jobId: string): Promise<JobSecretValues> {
    const loaded = this.#loaded.get(jobId);
    if (loaded !== undefined) return loaded;
    const values = new Map<string, SecretValue>();
    for (const { name, ciphertext } of await this.repository.listByJob(jobId)) {
      const bytes = this.cipher.open(ciphertext, sealedForJob(jobId, name));
      const value = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      this.mask.hide(value);
      values.set(name, new SecretValue(value));
    }
    this.#keep(jobId, values);
    return values;
  }

  /** Finds the job's secrets in what it prints and says. @throws DanubeError `secret_unreadable` */
  async matcherOf(jobId: string): Promise<SecretMatcher> {
    const values = await this.of(jobId);
    const matcher = this.#matchers.get(jobId) ?? this.#matcherOfEqualJob(values) ?? matcherFor(values);
    this.#matchers.set(jobId, matcher);
    return matcher;
  }

  /** Jobs that run at once mostly have the same secrets, and a matcher for hundreds takes long to make. */
  #matcherOfEqualJob(values: JobSecretValues): SecretMatcher | undefined {
    for (const [jobId, matcher] of this.#matchers) {
      if (areEqual(values, this.#loaded.get(jobId))) return matcher;
    }
    return undefined;
  }

  /** Names of the job's secrets that are too short to be masked. */
  async unmaskable(jobId: string): Promise<readonly string[]> {
    return [...(await this.of(jobId))].filter(([, value]) => !isMaskable(value.reveal())).map(([name]) => name);
  }

  /** Forgets what the job has taken, in memory and in the database. Idempotent. */
  async clear(jobId: string): Promise<void> {
    this.#loaded.delete(jobId);
    this.#matchers.delete(jobId);
    this.#report();
    await this.repository.removeByJob(jobId);
  }

  #keep(jobId: string, values: JobSecretValues): void {
    this.#loaded.set(jobId, values);
    this.#matchers.delete(jobId);
    this.#report();
  }

  #report(): void {
    let size = 0;
    for (const values of this.#loaded.values()) size += values.size;
    this.metrics.set('danube_secret_cache_size', size);
  }
}

function matcherFor(values: JobSecretValues): SecretMatcher {
  return new SecretMatcher([...values.values()].map((value) => value.reveal()));
}

function areEqual(values: JobSecretValues, others: JobSecretValues | undefined): boolean {
  if (values.size !== others?.size) return false;
  return [...values].every(([name, value]) => others.get(name)?.reveal() === value.reveal());
}

/** What a job's secret is sealed for. */
export function sealedForJob(jobId: string, name: string): string {
  return `job:${jobId}:${name}`;
}
