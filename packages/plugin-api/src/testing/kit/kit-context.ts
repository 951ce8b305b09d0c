import assert from 'node:assert/strict';
import type { Contribution, ContributionContext, PluginLogger } from '../../contribution.js';
import { DanubeError } from '../../errors.js';
import { SecretValue } from '../../secret-value.js';

/** The context of an instance under test: it answers as the host does, and remembers what a host would refuse. */
export interface KitContext {
  readonly context: ContributionContext;
  /** Everything that was logged, as text. */
  logged(): string;
  /** How often a secret was read. */
  secretReads(): number;
  /** @throws AssertionError where a counter was used otherwise than declared */
  verify(): void;
}

/** Secrets live in closures only, so that printing an instance which keeps its context shows none. */
export function kitContext(
  counters: Contribution['counters'],
  secrets: Readonly<Record<string, string>> = {},
): KitContext {
  const lines: string[] = [];
  const misuses: string[] = [];
  let reads = 0;
  return {
    context: {
      logger: recordingLogger(lines),
      secret: (name, signal) => {
        reads += 1;
        return readSecret(secrets, name, signal);
      },
      count: (counter, labels) => {
        const declared = [...(counters?.[counter]?.labels ?? [])].sort().join();
        if (counters?.[counter] === undefined) misuses.push(`counter ${counter} is not declared`);
        else if (Object.keys(labels).sort().join() !== declared)
          misuses.push(`counter ${counter} needs the labels ${declared}`);
      },
    },
    logged: () => lines.join('\n'),
    secretReads: () => reads,
    verify: () => assert.deepEqual(misuses, [], misuses.join('; ')),
  };
}

function recordingLogger(lines: string[]): PluginLogger {
  const write = (message: string, fields?: Readonly<Record<string, unknown>>) =>
    void lines.push(`${message} ${JSON.stringify(fields) ?? ''}`);
  return { debug: write, info: write, warn: write, error: write };
}

function readSecret(
  secrets: Readonly<Record<string, string>>,
  name: string,
  signal: AbortSignal,
): Promise<SecretValue> {
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  const value = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
  if (value !== undefined) return Promise.resolve(new SecretValue(value));
  const message = `there is no secret "${name}" in the samples`;
  return Promise.reject(new DanubeError('secret_not_found', message, { category: 'not_found' }));
}
