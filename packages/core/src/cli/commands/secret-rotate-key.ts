import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { describeCommand, type CommandLine } from '../command-line.js';
import { printJson } from '../output/print-json.js';

export function secretRotateKeyCommand(cli: CommandLine, version: string): Command {
  return describeCommand(
    'rotate-key',
    'Seal every secret with a new key, on the machine of a server that is stopped.',
    ['danube secret rotate-key', 'DANUBE_DATA_DIR=./data danube secret rotate-key'],
  )
    .option('--json', 'print what was sealed as JSON')
    .action(async (options: { readonly json?: true }) => {
      const { loadBootstrapConfig } = await import('../../adapters/bootstrap-config/load-bootstrap-config.js');
      const { server } = await loadBootstrapConfig(cli.terminal.env);
      const { rotateEncryptionKey } = await import('../../composition/rotate-encryption-key.js');
      const rotation = await rotateEncryptionKey(server.dataDir, `${userInfo().username} at the machine`, version);
      if (options.json) return printJson(cli.terminal, rotation);
      const { sealed, unreadable } = rotation;
      cli.terminal.out.write(`sealed ${sealed} values with a new key; keep keys/encryption.key in the backup\n`);
      if (unreadable > 0) {
        cli.terminal.err.write(
          `warning: ${unreadable} values did not open with the old key; set those secrets again\n`,
        );
      }
    });
}
