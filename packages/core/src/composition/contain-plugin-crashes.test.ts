import { EventEmitter } from 'node:events';
import { RecordingLoggers } from '@danube/test-support/recording-logger.js';
import { RecordingMetrics } from '@danube/test-support/recording-metrics.js';
import { expect, test } from 'vitest';
import { PluginContexts } from '../plugins/guard/plugin-contexts.js';
import { containPluginCrashes } from './contain-plugin-crashes.js';

const hideSecrets = (text: string) => text;

class FakeProcess extends EventEmitter {
  readonly exits: number[] = [];
  exit(code: number): void {
    this.exits.push(code);
  }
}

test.each(['uncaughtException', 'unhandledRejection'])(
  '%s of a plugin is survived, and any other one ends the process',
  (event) => {
    const fake = new FakeProcess();
    const loggers = new RecordingLoggers();
    const contexts = new PluginContexts();
    const crashes = containPluginCrashes(fake as unknown as NodeJS.Process, { loggers } as never);
    crashes.watch({ contexts, loggers, metrics: new RecordingMetrics(), folders: () => new Map(), hideSecrets });
    const error = new Error('stray');
    contexts.run({ plugin: 'x', point: 'forges', method: 'start' }, () => fake.emit(event, error));
    expect(fake.exits).toEqual([]);
    expect(crashes.of('x')).toContain('stray');
    fake.emit(event, error);
    expect(fake.exits).toEqual([1]);
    expect(loggers.messages('error').at(-1)).toBe('an error that nobody caught ends the server');
  },
);

test('a plugin cannot end the server with process.exit, and everybody else can', () => {
  const fake = new FakeProcess();
  const loggers = new RecordingLoggers();
  const contexts = new PluginContexts();
  const crashes = containPluginCrashes(fake as unknown as NodeJS.Process, { loggers } as never);
  crashes.watch({ contexts, loggers, metrics: new RecordingMetrics(), folders: () => new Map(), hideSecrets });
  const exit = () => fake.exit(3);
  expect(() => contexts.run({ plugin: 'x', point: 'forges', method: 'start' }, exit)).toThrow(
    'process.exit(3) ends the',
  );
  expect(fake.exits).toEqual([]);
  exit();
  expect(fake.exits).toEqual([3]);
});
