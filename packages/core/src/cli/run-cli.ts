import { readFile } from 'node:fs/promises';
import { CommanderError, type Command } from 'commander';
import type { ExitCode } from './command-line.js';
import { reportError } from './output/report-error.js';
import type { Terminal } from './output/terminal.js';
import { createProgram } from './program.js';

const wrongUse = 2;

/** Runs one command line; answers the exit code: 0 done, 1 failed, 2 wrong use. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode | typeof wrongUse> {
  let exitCode: ExitCode = 0;
  const program = createProgram({ terminal, fail: () => (exitCode = 1) }, await readVersion());
  adjust(program, terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // the parser has printed its own message, help or version already
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongUse;
    reportError(terminal, error);
    return 1;
  }
}

function adjust(command: Command, terminal: Terminal): void {
  const { out, err, colors, errColors } = terminal;
  command
    .exitOverride()
    .showHelpAfterError(errColors.dim(`next: "${pathOf(command)} --help" shows what is accepted`))
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
      getOutHasColors: () => colors.isColorSupported,
      getErrHasColors: () => errColors.isColorSupported,
      outputError: (text, write) => write(text.replace(/^error:/, errColors.red('error:'))),
    })
    .configureHelp({ styleTitle: (title) => colors.bold(title) });
  for (const inner of command.commands) adjust(inner, terminal);
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

async function readVersion(): Promise<string> {
  // the same two steps up from src/cli, dist/cli and dist/bundle
  const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
