import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { DanubeError, extensionPoints } from '@danube/plugin-api';
import type { PluginLimits } from '../limits.js';
import type { PluginManifest } from '../packages/manifest.js';
import type { PluginDescription } from './plugin-description.js';
import { probeScript } from './probe-script.js';

type Answer =
  | { readonly kind: 'plugin'; readonly description: PluginDescription }
  | { readonly kind: 'not_a_plugin'; readonly got: string }
  | { readonly kind: 'failed'; readonly message: string };

/** What ends the wait for the thread, whichever comes first. */
type Outcome = Answer | { readonly kind: 'ended'; readonly code: number } | { readonly kind: 'timed_out' };

/**
 * Imports a plugin in a thread that is thrown away, so that code that hangs, exits or eats memory at import does so there.
 * @throws DanubeError `plugin_import_failed` (invalid) saying how it failed; the signal's reason
 */
export async function probePlugin(
  manifest: PluginManifest,
  limits: PluginLimits,
  signal: AbortSignal,
): Promise<PluginDescription> {
  signal.throwIfAborted();
  const worker = new Worker(probeScript, {
    eval: true,
    // the options of this process, such as loaders, are not for plugins
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: limits.importMemoryMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    workerData: { url: pathToFileURL(manifest.entry).href, points: extensionPoints },
  });
  try {
    const outcome = await outcomeOf(worker, limits.importMs, signal);
    if (outcome.kind === 'plugin') return outcome.description;
    throw failed(manifest, explain(outcome, limits));
  } finally {
    await worker.terminate();
  }
}

function outcomeOf(worker: Worker, limitMs: number, signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve({ kind: 'timed_out' }), limitMs);
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    worker.once('message', (text: string) => resolve(JSON.parse(text) as Answer));
    worker.once('error', (error) => resolve({ kind: 'failed', message: messageOf(error) }));
    worker.once('exit', (code) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve({ kind: 'ended', code });
    });
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}

/** With this code Node.js ends where a top-level `await` can never be answered. */
const unsettledAwait = 13;

function explain(outcome: Exclude<Outcome, { kind: 'plugin' }>, limits: PluginLimits): string {
  switch (outcome.kind) {
    case 'not_a_plugin':
      return `its module has no plugin as default export but ${outcome.got}; write "export default definePlugin({…})"`;
    case 'failed':
      return `it throws while it is imported: ${outcome.message}`;
    case 'timed_out':
      return `its import takes longer than ${limits.importMs / 1000} s`;
    case 'ended':
      return outcome.code === unsettledAwait
        ? 'its import waits for something that never comes'
        : `it ends the process with code ${outcome.code} while it is imported`;
  }
}

function failed({ package: name, version }: PluginManifest, why: string): DanubeError {
  return new DanubeError('plugin_import_failed', `${name} ${version} cannot be loaded: ${why}`, {
    category: 'invalid',
  });
}
