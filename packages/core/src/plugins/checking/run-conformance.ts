import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { PluginManifest } from '../packages/manifest.js';
import { conformanceScript } from './conformance-script.js';

export interface ConformanceOutcome {
  /** How many checks ended, well or not. */
  readonly checks: number;
  /** Each names its check. */
  readonly problems: readonly string[];
}

type Message =
  | { readonly kind: 'begin'; readonly name: string }
  | { readonly kind: 'end'; readonly name: string; readonly problem?: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'broken'; readonly problem: string };

/** Runs the kits on a plugin that brings samples; a check that takes longer than the limit ends the run. */
export function runConformance(
  manifest: PluginManifest,
  conformance: string,
  kitUrl: string,
  limitMs: number,
): Promise<ConformanceOutcome> {
  const worker = new Worker(conformanceScript, {
    eval: true,
    execArgv: [],
    stdout: true,
    stderr: true,
    workerData: {
      kit: kitUrl,
      plugin: pathToFileURL(manifest.entry).href,
      conformance: pathToFileURL(conformance).href,
    },
  });
  const problems: string[] = [];
  let checks = 0;
  let current = 'before the first check';
  let ended = false;
  return new Promise<ConformanceOutcome>((resolve) => {
    const finish = (problem?: string) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      if (problem !== undefined) problems.push(`${current}: ${problem}`);
      resolve({ checks, problems });
    };
    const timer = setTimeout(() => finish(`it takes longer than ${limitMs / 1000} s`), limitMs);
    worker.on('message', (message: Message) => {
      timer.refresh();
      if (message.kind === 'begin') current = message.name;
      else if (message.kind === 'done') finish(checks === 0 ? 'the samples lead to no check' : undefined);
      else if (message.kind === 'broken') finish(message.problem);
      else {
        checks += 1;
        if (message.problem !== undefined) problems.push(`${message.name}: ${message.problem}`);
      }
    });
    worker.once('error', (error) => finish(error instanceof Error ? error.message : String(error)));
    worker.once('exit', () => finish('it ends the process'));
  }).finally(() => worker.terminate());
}
