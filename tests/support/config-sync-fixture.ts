import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgeIdentity } from '@danube/core/adapters/age/age-identity.js';
import { ConfigFileParser } from '@danube/core/adapters/config-files/config-file-parser.js';
import { AesSecretCipher } from '@danube/core/adapters/crypto/aes-secret-cipher.js';
import { Sha256TokenHasher } from '@danube/core/adapters/crypto/sha256-token-hasher.js';
import { UuidIdGenerator } from '@danube/core/adapters/crypto/uuid-id-generator.js';
import { createGit } from '@danube/core/adapters/git/create-git.js';
import { GitRunner } from '@danube/core/adapters/git/git-runner.js';
import { AuditLog } from '@danube/core/services/audit/audit-log.js';
import { ActiveConfiguration } from '@danube/core/services/config/active-configuration.js';
import { PlanConfiguration } from '@danube/core/services/config/plan-configuration.js';
import { PollConfiguration } from '@danube/core/services/config/poll-configuration.js';
import { ReportSync } from '@danube/core/services/config/report-sync.js';
import { StoredConfiguration } from '@danube/core/services/config/stored-configuration.js';
import { SyncConfiguration } from '@danube/core/services/config/sync-configuration.js';
import type { ExtensionBuilder } from '@danube/core/services/ports/extension-builder.js';
import { ConfigSecrets } from '@danube/core/services/secrets/config-secrets.js';
import type { ConfigSource } from '@danube/core/services/ports/config-source.js';
import { openTestDatabase, type TestDatabase } from './database.js';
import { FakeClock } from './fake-clock.js';
import { openToAll } from './checkout-fixture.js';
import { GitRepository } from './git-fixtures.js';
import { RecordingLoggers } from './recording-logger.js';
import { RecordingMetrics } from './recording-metrics.js';

/** Accepts everything and starts nothing. */
export const withoutPlugins: ExtensionBuilder = {
  prepare: () =>
    Promise.resolve({ kind: 'ready', prepared: { commit: () => undefined, discard: () => Promise.resolve() } }),
  check: () => Promise.resolve({ problems: [], failures: [] }),
};

export interface ConfigServices {
  readonly active: ActiveConfiguration;
  readonly sync: SyncConfiguration;
  readonly poll: PollConfiguration;
  readonly plan: PlanConfiguration;
  readonly source: ConfigSource;
}

/** A real config repository and a real database; only time, log and metrics are the test's own. */
export class ConfigSyncFixture {
  readonly repository: GitRepository;
  readonly loggers = new RecordingLoggers();
  readonly metrics = new RecordingMetrics();
  readonly clock = new FakeClock();
  readonly cipher = new AesSecretCipher(Buffer.alloc(32, 7));
  /** What was hidden from the log, in order. */
  readonly hidden: string[] = [];

  private constructor(
    readonly folder: string,
    readonly database: TestDatabase,
    readonly identity: AgeIdentity,
  ) {
    this.repository = new GitRepository(join(folder, 'config'));
  }

  static async open(): Promise<ConfigSyncFixture> {
    const identity = await newIdentity();
    return new ConfigSyncFixture(mkdtempSync(join(tmpdir(), 'danube-sync-')), await openTestDatabase(), identity);
  }

  /** The services as a server that has just been started has them. */
  async boot(source = this.#gitSource(), extensions: ExtensionBuilder = withoutPlugins): Promise<ConfigServices> {
    const { configState, users, teams, pipelines, secrets, unitOfWork } = this.database;
    const active = new ActiveConfiguration(configState);
    await active.load();
    const stored = new StoredConfiguration(active, users, teams, pipelines, secrets);
    const report = new ReportSync(this.loggers, this.metrics, this.clock);
    const parser = new ConfigFileParser();
    const sync = new SyncConfiguration(
      source,
      parser,
      configState,
      stored,
      active,
      unitOfWork,
      report,
      this.clock,
      extensions,
      this.#configSecrets(),
    );
    const poll = new PollConfiguration({ intervalMs: 60_000 }, sync, this.clock, this.loggers);
    return { active, sync, poll, plan: new PlanConfiguration(parser, stored, extensions), source };
  }

  async pipelineNames(): Promise<string[]> {
    return (await this.database.pipelines.list({}, { limit: 100 })).items.map(({ id }) => id);
  }

  /** Takes the repository away until `back` is called. */
  hideRepository(): { back(): void } {
    const { path } = this.repository;
    renameSync(path, `${path}.gone`);
    return { back: () => renameSync(`${path}.gone`, path) };
  }

  async close(): Promise<void> {
    await this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #configSecrets(): ConfigSecrets {
    const { secrets, audit, unitOfWork } = this.database;
    const auditLog = new AuditLog(audit, new Sha256TokenHasher(), unitOfWork, this.clock);
    const mask = { hide: (value: string) => void this.hidden.push(value) };
    return new ConfigSecrets(secrets, this.identity, this.cipher, mask, auditLog, new UuidIdGenerator(), this.clock);
  }

  #gitSource(): ConfigSource {
    const git = createGit(new GitRunner(join(this.folder, 'cache')), this.metrics, join(this.folder, 'known_hosts'));
    return git.configRepository({ url: this.repository.url, branch: 'main', access: () => Promise.resolve(openToAll) });
  }
}

/** The key pair of an instance. */
export async function newIdentity(): Promise<AgeIdentity> {
  const identity = await AgeIdentity.parse(await AgeIdentity.generate());
  if (identity === undefined) throw new Error('it was just generated');
  return identity;
}

function document(kind: string, name: string, spec: object): string {
  return `${JSON.stringify({ apiVersion: 'danube.dev/v1', kind, metadata: { name }, spec })}\n---\n`;
}

export const teamText = (name: string, spec: object = {}): string => document('Team', name, spec);
export const userText = (name: string, spec: object = {}): string =>
  document('User', name, { email: `${name}@example.com`, ...spec });
export const pipelineText = (name: string, spec: object = {}): string =>
  document('Pipeline', name, { team: 'platform', repository: '/srv/app', ...spec });
