import type { Command } from 'commander';
import { readApiError } from '../client/api-error.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { printJson } from '../output/print-json.js';
import { printTable } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';

interface Options extends ServerOptions {
  readonly json?: true;
}

interface Readiness {
  readonly status: string;
  readonly checks: readonly { readonly name: string; readonly status: string; readonly message?: string }[];
}

export function healthCommand(cli: CommandLine): Command {
  const command = describeCommand('health', 'Ask a server whether it is ready for work.', [
    'danube health',
    'danube health --server https://danube.example.com --json',
  ]).option('--json', 'print the answer as the REST API gives it');
  return withServerOptions(command).action(async (options: Options) => {
    const client = await connect(cli.terminal, options);
    const answer = await client.send('GET', '/health/ready');
    // a server that is not ready says so with 503 and the same body
    if (!answer.ok && answer.status !== 503) throw await readApiError(answer);
    const readiness = (await answer.json()) as Readiness;
    if (options.json) printJson(cli.terminal, readiness);
    else printReadiness(cli.terminal, client.server, readiness);
    if (!answer.ok) cli.fail();
  });
}

function printReadiness(terminal: Terminal, server: string, { status, checks }: Readiness): void {
  terminal.out.write(`${server} is ${status}\n`);
  if (checks.length === 0) return;
  printTable(
    terminal,
    [
      { title: 'PART', text: (check) => check.name },
      { title: 'STATUS', text: (check) => check.status },
      { title: 'REMARK', text: (check) => check.message ?? '' },
    ],
    checks,
  );
}
