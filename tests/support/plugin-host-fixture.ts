import { join } from 'node:path';
import { closestName, suggestName } from '@danube/core/adapters/config-files/closest-name.js';
import { explainError } from '@danube/core/adapters/config-files/explain-error.js';
import { formatConfigPath } from '@danube/core/domain/config/config-path.js';
import { defaultSettings } from '@danube/core/domain/config/default-settings.js';
import type { Integrations } from '@danube/core/domain/config/integrations.js';
import { ActiveExtensions } from '@danube/core/plugins/active-extensions.js';
import { PluginCrashes } from '@danube/core/plugins/crashes/plugin-crashes.js';
import { StuckCalls } from '@danube/core/plugins/crashes/stuck-calls.js';
import { PluginLoader } from '@danube/core/plugins/extensions/enabled-plugins.js';
import { PluginHost } from '@danube/core/plugins/extensions/plugin-host.js';
import { PluginContexts } from '@danube/core/plugins/guard/plugin-contexts.js';
import { pluginLimits, type PluginLimits } from '@danube/core/plugins/limits.js';
import type { PluginPlace } from '@danube/core/plugins/packages/find-packages.js';
import type { PreparedExtensions } from '@danube/core/services/ports/extension-builder.js';
import { type Plugin, SecretValue } from '@danube/plugin-api';
import { PluginFolder } from './plugin-fixtures.js';
import { RecordingLoggers } from './recording-logger.js';
import { RecordingMetrics } from './recording-metrics.js';

export const never = new AbortController().signal;

/** Settings that enable these packages and nothing else; a `?` at the end makes one optional. */
export function integrations(packages: readonly string[], sections: Partial<Integrations> = {}): Integrations {
  const plugins = packages.map((name) => ({ package: name.replace('?', ''), optional: name.endsWith('?') }));
  return { ...defaultSettings.integrations, plugins, ...sections };
}

/** An entry of a section. */
export const entry = (type: string, config: Readonly<Record<string, string>> = {}, name = type) => ({
  type,
  name,
  config,
});

/** The real mechanism on packages in a temporary folder; log, metrics, spans and secrets are the test's own. */
export class PluginHostFixture {
  readonly folder = new PluginFolder();
  readonly loggers = new RecordingLoggers();
  readonly metrics = new RecordingMetrics();
  readonly counters: string[] = [];
  readonly spans: string[] = [];
  readonly secrets = new Map<string, string>();
  readonly active = new ActiveExtensions();
  readonly crashes = new PluginCrashes();
  readonly host: PluginHost;
  readonly stuckRecord = join(this.folder.dataDir, 'stuck-calls.jsonl');

  constructor(limits: Partial<PluginLimits> = {}, builtIns: readonly Plugin[] = []) {
    const contexts = new PluginContexts();
    const tools = {
      contexts,
      metrics: this.metrics,
      loggers: this.loggers,
      limits: { ...pluginLimits, ...limits },
      hideSecrets: (text: string) =>
        [...this.secrets.values()].reduce((left, value) => left.replaceAll(value, '[redacted]'), text),
      tracer: {
        span: <T>(name: string, _attributes: object, work: () => Promise<T>) => {
          this.spans.push(name);
          return work();
        },
        traceparent: () => undefined,
      },
    };
    const places: PluginPlace[] = [
      { folder: join(this.folder.dataDir, 'plugins', 'node_modules'), origin: 'data_directory' },
    ];
    const counters = { declareCounter: (name: string) => void this.counters.push(name) };
    const loader = new PluginLoader({
      places,
      builtIns,
      version: '9.9.9',
      apiVersion: '1.4.0',
      contexts,
      counters,
      limits: tools.limits,
      stuckCalls: new StuckCalls(this.stuckRecord),
    });
    this.crashes.watch({ ...tools, folders: () => loader.folders });
    this.host = new PluginHost({
      loader,
      places,
      tools,
      secrets: () => ({
        read: (name) => {
          const value = this.secrets.get(name);
          return Promise.resolve(value === undefined ? undefined : new SecretValue(value));
        },
        readAll: () => Promise.resolve(new Map()),
      }),
      storedSecrets: () => {
        const keys = [...this.secrets.keys()];
        return Promise.resolve(
          keys.map((name) => ({ name, scope: { kind: 'global' }, sealed: undefined, createdAt: 0, updatedAt: 0 })),
        );
      },
      wording: { explain: explainError, suggest: suggestName, closest: closestName },
      active: this.active,
      crashes: this.crashes,
    });
  }

  /** What preparing refuses, a line each. */
  async problems(settings: Integrations): Promise<string[]> {
    const outcome = await this.host.prepare(settings, never);
    if (outcome.kind === 'ready') {
      await outcome.prepared.discard();
      return [];
    }
    return outcome.problems.map(({ path, message, suggestion }) =>
      [`${formatConfigPath(path)}: ${message}`, ...(suggestion === undefined ? [] : [`(${suggestion})`])].join(' '),
    );
  }

  async prepare(settings: Integrations): Promise<PreparedExtensions> {
    const outcome = await this.host.prepare(settings, never);
    if (outcome.kind === 'invalid') throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
    return outcome.prepared;
  }

  async apply(settings: Integrations): Promise<void> {
    (await this.prepare(settings)).commit();
  }

  async dispose(): Promise<void> {
    await this.host.stop();
    this.folder.dispose();
  }
}
