import type { Command } from 'commander';
import type { AuditCheckView } from '../client/api-types.js';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { printJson } from '../output/print-json.js';

interface Options extends ServerOptions {
  readonly json?: true;
}

export function auditVerifyCommand(cli: CommandLine): Command {
  const command = describeCommand('verify', 'Check that no entry of the audit log was changed or left out.', [
    'danube audit verify',
    'danube audit verify --json',
  ]).option('--json', 'print the answer as the REST API gives it');
  return withServerOptions(command).action(async (options: Options) => {
    const client = await connect(cli.terminal, options);
    const check = await client.get<AuditCheckView>('/api/v1/audit/verify');
    if (options.json) printJson(cli.terminal, check);
    else if (check.broken === undefined)
      cli.terminal.out.write(`all ${check.intact} entries are as they were written\n`);
    else cli.terminal.err.write(`error: entry ${check.broken.sequence} is broken: ${check.broken.reason}\n`);
    if (check.broken !== undefined) cli.fail();
  });
}
