import { Command, InvalidArgumentError } from 'commander';
import type { Terminal } from './output/terminal.js';

/** 0 done, 1 failed. Wrong use is 2 and decided by the parser or by {@link usageError}. */
export type ExitCode = 0 | 1;

/** What every command is built with: where to print, and how to say that the work itself failed. */
export interface CommandLine {
  readonly terminal: Terminal;
  fail(): void;
}

/** A command with its one-line description and the examples that its `--help` ends with. */
export function describeCommand(name: string, description: string, examples: readonly string[]): Command {
  const heading = examples.length === 1 ? 'Example:' : 'Examples:';
  return new Command(name)
    .description(description)
    .addHelpText('after', `\n${heading}\n${examples.map((example) => `  ${example}`).join('\n')}`);
}

/** Reads `KEY=VALUE`, repeatable. */
export function collectEnvironment(
  text: string,
  collected: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError(`write KEY=VALUE, not "${text}".`);
  return { ...collected, [text.slice(0, at)]: text.slice(at + 1) };
}

/** Reads a whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least && /^\d+$/.test(text)) return value;
    throw new InvalidArgumentError(`write a whole number of at least ${least}.`);
  };
}
