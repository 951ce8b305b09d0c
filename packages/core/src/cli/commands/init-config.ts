import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DanubeError } from '@danube/plugin-api';
import type { Command } from 'commander';
import { describeCommand, type CommandLine } from '../command-line.js';

export function initConfigCommand(cli: CommandLine): Command {
  return describeCommand('init-config', 'Write a commented bootstrap file that holds the defaults.', [
    'danube init-config',
    'danube init-config ./danube.toml --force',
  ])
    .argument('[file]', 'where to write it (default: DANUBE_CONFIG or /etc/danube/danube.toml)')
    .option('--force', 'replace a file that is there')
    .action(async (argument: string | undefined, options: { readonly force?: true }) => {
      const { renderDefaultConfig } = await import('../../adapters/bootstrap-config/render-default-config.js');
      const { defaultConfigPath } = await import('../../adapters/bootstrap-config/load-bootstrap-config.js');
      const { env, cwd, out } = cli.terminal;
      const file = path.resolve(cwd, argument ?? (env['DANUBE_CONFIG'] || defaultConfigPath));
      await writeConfig(file, renderDefaultConfig(), options.force === true);
      out.write(`wrote ${file}; set config_repo.url in it, then start the server with "danube serve"\n`);
    });
}

async function writeConfig(file: string, text: string, replace: boolean): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text, { flag: replace ? 'w' : 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new DanubeError('config_file_exists', `${file} is there already; give --force to replace it`, {
        category: 'conflict',
      });
    }
    throw new DanubeError('config_file_not_written', `cannot write ${file}: ${(error as Error).message}`, {
      category: 'invalid',
      cause: error,
    });
  }
}
