import { pathToFileURL } from 'node:url';
import { DanubeError, extensionPoints } from '@danube/plugin-api';
import { beginsWithinMs, type ProcessEnd, SeparateProcess } from '../apart/separate-process.js';
import type { PluginLimits } from '../limits.js';
import type { PluginManifest } from '../packages/manifest.js';
import type { PluginDescription } from './plugin-description.js';
import { probeScript } from './probe-script.js';

type Answer =
  | { readonly kind: 'plugin'; readonly description: PluginDescription }
  | { readonly kind: 'not_a_plugin'; readonly got: string }
  | { readonly kind: 'spoils'; readonly what: string }
  | { readonly kind: 'unsettled' }
  | { readonly kind: 'failed'; readonly message: string };

/** What ends the wait for the process, whichever comes first. */
type Outcome = Answer | ({ readonly kind: 'ended' } & ProcessEnd) | { readonly kind: 'timed_out' };

/**
 * Imports a plugin in a process that is thrown away, so that code that hangs, exits or eats memory at import does so there.
 * @throws DanubeError `plugin_import_failed` (invalid) saying how it failed; the signal's reason
 */
export async function probePlugin(
  manifest: PluginManifest,
  limits: PluginLimits,
  signal: AbortSignal,
): Promise<PluginDescription> {
  signal.throwIfAborted();
  const outcome = await outcomeOf(manifest, limits, signal);
  if (outcome.kind === 'plugin') return outcome.description;
  throw failed(manifest, explain(outcome, limits));
}

async function outcomeOf(manifest: PluginManifest, limits: PluginLimits, signal: AbortSignal): Promise<Outcome> {
  let settle: (outcome: Outcome) => void = () => undefined;
  const told = new Promise<Outcome>((resolve) => (settle = resolve));
  const timeOut = () => settle({ kind: 'timed_out' });
  let timer = setTimeout(timeOut, beginsWithinMs);
  const data = { url: pathToFileURL(manifest.entry).href, points: extensionPoints };
  const trial = new SeparateProcess({ script: probeScript, data, memoryMb: limits.importMemoryMb }, (message) => {
    const answer = message as Answer | { readonly kind: 'begun' };
    if (answer.kind !== 'begun') return settle(answer);
    clearTimeout(timer);
    timer = setTimeout(timeOut, limits.importMs);
  });
  const abort = () => trial.kill();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const outcome = await Promise.race([told, trial.ended.then((end): Outcome => ({ kind: 'ended', ...end }))]);
    signal.throwIfAborted();
    return outcome;
  } catch (error) {
    signal.throwIfAborted();
    throw failed(manifest, `no process to try it in could be started: ${(error as Error).message}`);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    trial.kill();
  }
}

function explain(outcome: Exclude<Outcome, { kind: 'plugin' }>, limits: PluginLimits): string {
  switch (outcome.kind) {
    case 'not_a_plugin':
      return `its module has no plugin as default export but ${outcome.got}; write "export default definePlugin({…})"`;
    case 'spoils':
      return `its import adds ${outcome.what}, which everything in the server would see`;
    case 'unsettled':
      return 'its import waits for something that never comes';
    case 'failed':
      return `it throws while it is imported: ${outcome.message}`;
    case 'timed_out':
      return `its import takes longer than ${limits.importMs / 1000} s`;
    case 'ended':
      return outcome.outOfMemory
        ? `its import takes more memory than ${limits.importMemoryMb} MiB`
        : `it ends the process with ${outcome.how} while it is imported`;
  }
}

function failed({ package: name, version }: PluginManifest, why: string): DanubeError {
  return new DanubeError('plugin_import_failed', `${name} ${version} cannot be loaded: ${why}`, {
    category: 'invalid',
  });
}
