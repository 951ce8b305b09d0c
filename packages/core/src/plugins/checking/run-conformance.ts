import { pathToFileURL } from 'node:url';
import { beginsWithinMs, SeparateProcess } from '../apart/separate-process.js';
import type { PluginManifest } from '../packages/manifest.js';
import { conformanceScript } from './conformance-script.js';

export interface ConformanceOutcome {
  /** How many checks ended, well or not. */
  readonly checks: number;
  /** Each names its check. */
  readonly problems: readonly string[];
}

type Message =
  | { readonly kind: 'begun' }
  | { readonly kind: 'begin'; readonly name: string }
  | { readonly kind: 'end'; readonly name: string; readonly problem?: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'broken'; readonly problem: string };

/** Of a run, in MiB: some kits move megabytes. */
const memoryMb = 512;

/** Runs the kits on a plugin that brings samples; a check that takes longer than the limit ends the run. */
export function runConformance(
  manifest: PluginManifest,
  conformance: string,
  kitUrl: string,
  limitMs: number,
): Promise<ConformanceOutcome> {
  const data = {
    kit: kitUrl,
    plugin: pathToFileURL(manifest.entry).href,
    conformance: pathToFileURL(conformance).href,
  };
  const problems: string[] = [];
  let checks = 0;
  let current = 'before the first check';
  let ended = false;
  return new Promise<ConformanceOutcome>((resolve) => {
    const finish = (problem?: string) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      run.kill();
      if (problem !== undefined) problems.push(`${current}: ${problem}`);
      resolve({ checks, problems });
    };
    const timeOut = () => finish(`it takes longer than ${limitMs / 1000} s`);
    let timer = setTimeout(timeOut, beginsWithinMs);
    const take = (message: Message) => {
      // what the process says at its end is no sign of life
      if (ended) return;
      clearTimeout(timer);
      timer = setTimeout(timeOut, limitMs);
      if (message.kind === 'begun') return;
      if (message.kind === 'begin') current = message.name;
      else if (message.kind === 'done') finish(checks === 0 ? 'the samples lead to no check' : undefined);
      else if (message.kind === 'broken') finish(message.problem);
      else {
        checks += 1;
        if (message.problem !== undefined) problems.push(`${message.name}: ${message.problem}`);
      }
    };
    const run = new SeparateProcess({ script: conformanceScript, data, memoryMb }, (message) =>
      take(message as Message),
    );
    run.ended.then(
      ({ how, outOfMemory }) =>
        finish(outOfMemory ? `it takes more memory than ${memoryMb} MiB` : `it ends the process with ${how}`),
      (error: Error) => finish(`no process to run it in could be started: ${error.message}`),
    );
  });
}
