import { type ContributionContext, type CounterDeclaration, DanubeError, type SecretValue } from '@danube/plugin-api';
import type { SecretReader } from '../../services/secrets/secret-reader.js';
import type { GuardTools } from '../guard/call-guard.js';
import type { PluginCall } from '../guard/plugin-contexts.js';

interface ContextFacts {
  readonly plugin: string;
  /** Section and name of the entry. */
  readonly entry: string;
  readonly counters: Readonly<Record<string, CounterDeclaration>>;
  /** The secrets that the entry names. */
  readonly granted: ReadonlySet<string>;
}

const maxLabelLength = 100;

/** What one instance may do with the host: log, read the secrets that its entry names, count what it declared. */
export function contributionContext(
  { plugin, entry, counters, granted }: ContextFacts,
  tools: GuardTools,
  secrets: () => SecretReader,
): ContributionContext {
  const log = tools.loggers.forTarget(`danube.plugins.${plugin}`);
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void =>
      tools.contexts.leave(() => log[level](message, { ...fields, plugin, entry }));
  return {
    logger: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    secret: (name, signal) => {
      if (!granted.has(name)) return Promise.reject(notGranted(name, entry));
      // what the host does now is not the plugin's doing
      return tools.contexts.leave(() => readSecret(secrets(), name, entry, signal));
    },
    count: (counter, labels) => {
      const declared = Object.hasOwn(counters, counter) ? counters[counter] : undefined;
      if (declared === undefined || !sameNames(Object.keys(labels), declared.labels)) {
        throw countRefused({ plugin, point: entry, method: counter }, declared);
      }
      const short = Object.entries(labels).map(([name, value]) => [name, String(value).slice(0, maxLabelLength)]);
      tools.metrics.count(counter, Object.fromEntries(short) as Record<string, string>);
    },
  };
}

async function readSecret(
  secrets: SecretReader,
  name: string,
  entry: string,
  signal: AbortSignal,
): Promise<SecretValue> {
  signal.throwIfAborted();
  const value = await secrets.read(name, { kind: 'global' });
  signal.throwIfAborted();
  if (value !== undefined) return value;
  throw new DanubeError(
    'secret_not_found',
    `there is no global secret "${name}", which ${entry} names; set it with "danube secret set ${name}"`,
    { category: 'not_found' },
  );
}

function notGranted(name: string, entry: string): DanubeError {
  return new DanubeError('secret_not_granted', `${entry} does not name the secret "${name}" in its configuration`, {
    category: 'forbidden',
  });
}

function countRefused({ plugin, method }: PluginCall, declared: CounterDeclaration | undefined): DanubeError {
  const why = declared === undefined ? 'is not declared' : `has the labels ${declared.labels.join(', ') || 'none'}`;
  return new DanubeError('plugin_counter_refused', `plugin ${plugin}: the counter "${method}" ${why}`, {
    category: 'invalid',
  });
}

function sameNames(given: readonly string[], declared: readonly string[]): boolean {
  return given.length === declared.length && declared.every((name) => given.includes(name));
}
