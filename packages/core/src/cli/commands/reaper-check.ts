import type { Command } from 'commander';
import type { StorageCheckView } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { count } from '../output/count.js';
import { printJson } from '../output/print-json.js';
import { printTable } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';

interface Options extends ServerOptions {
  readonly repair?: boolean;
  readonly json?: boolean;
}

export function reaperCheckCommand(cli: CommandLine): Command {
  const command = describeCommand('check', 'Compare the files of logs and artifacts with the rows that name them.', [
    'danube reaper check',
    'danube reaper check --repair',
  ])
    .option('--repair', 'remove files that nothing names, and forget what is gone')
    .option('--json', 'print the answer as the REST API gives it');
  return withServerOptions(command).action(async ({ repair = false, json, ...server }: Options) => {
    const client = await connect(cli.terminal, server);
    const check = await client.post<StorageCheckView>('/api/v1/reaper/check', { body: { repair } });
    if (json) printJson(cli.terminal, check);
    else print(cli.terminal, check);
    if (check.repaired < check.found) cli.fail();
  });
}

function print(terminal: Terminal, { found, repaired, problems }: StorageCheckView): void {
  if (found === 0) {
    terminal.out.write('files and rows agree\n');
    return;
  }
  printTable(
    terminal,
    [
      { title: 'PROBLEM', text: ({ kind }) => kind.replaceAll('_', ' ') },
      { title: 'REPAIRED', text: (problem) => (problem.repaired ? 'yes' : 'no') },
      { title: 'WHAT', text: ({ subject }) => subject },
    ],
    problems,
  );
  const more = found > problems.length ? `, the first ${problems.length} of them above` : '';
  terminal.err.write(`${count(found, 'problem')}${more}; ${repaired} repaired\n`);
}
