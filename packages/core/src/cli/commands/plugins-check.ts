import { statSync } from 'node:fs';
import path from 'node:path';
import { DanubeError } from '@danube/plugin-api';
import type { Command } from 'commander';
import type { CheckedPlugin } from '../../composition/check-plugins.js';
import { localDataDir } from '../client/local-data-dir.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { count } from '../output/count.js';
import { printJson } from '../output/print-json.js';
import { printTable } from '../output/table.js';
import { isInteractive, type Terminal } from '../output/terminal.js';

interface Options {
  readonly dataDir?: string;
  readonly json?: true;
}

export function pluginsCheckCommand(cli: CommandLine, version: string): Command {
  return describeCommand('check', 'Check every installed plugin against this version; needs no server.', [
    'danube plugins check',
    'danube plugins check --data-dir /var/lib/danube --json',
  ])
    .option('--data-dir <directory>', 'whose plugins to check (default: those of this machine’s server)')
    .option('--json', 'print the results as JSON')
    .action(async (options: Options) => {
      const { terminal } = cli;
      const dataDir =
        options.dataDir === undefined
          ? await localDataDir(terminal.env)
          : existingFolder(path.resolve(terminal.cwd, options.dataDir));
      const { checkPlugins } = await import('../../composition/check-plugins.js');
      const plugins: CheckedPlugin[] = [];
      const progress = showProgress(terminal);
      for await (const plugin of checkPlugins(dataDir, version, progress.begin)) plugins.push(plugin);
      progress.end();
      const ok = plugins.every(({ checks }) => checks.every(({ result }) => result !== 'failed'));
      if (options.json) printJson(terminal, { ok, plugins });
      else print(terminal, plugins);
      if (!ok) cli.fail();
    });
}

/** A misspelt one would look as if no plugins were installed. */
function existingFolder(folder: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  throw new DanubeError('data_dir_unusable', `${folder} is no directory; name the data_dir of a server`, {
    category: 'invalid',
  });
}

/** One line that is drawn over, and gone before the results. */
function showProgress(terminal: Terminal): { begin: (name: string) => void; end: () => void } {
  const { err, env, errColors } = terminal;
  const draw = (text: string) => {
    if (isInteractive(err, env)) err.write(`\r\u001b[K${text}`);
  };
  return { begin: (name) => draw(errColors.dim(`checking ${name} …`)), end: () => draw('') };
}

function print(terminal: Terminal, plugins: readonly CheckedPlugin[]): void {
  if (plugins.length === 0) {
    terminal.out.write('no plugins are installed\n');
    return;
  }
  const { green, red, dim } = terminal.colors;
  const paint = { ok: green, failed: red, none: dim };
  const rows = plugins.flatMap((plugin) => plugin.checks.map((check) => ({ plugin, check })));
  printTable(
    terminal,
    [
      { title: 'PLUGIN', text: ({ plugin }) => plugin.package },
      { title: 'VERSION', text: ({ plugin }) => plugin.version ?? '-' },
      { title: 'CHECK', text: ({ check }) => check.check },
      { title: 'RESULT', text: ({ check }) => paint[check.result](check.result) },
      { title: 'REMARK', text: ({ check }) => (check.result === 'failed' ? '' : check.remarks.join(', ')) },
    ],
    rows,
  );
  const failed = rows.filter(({ check }) => check.result === 'failed');
  for (const { plugin, check } of failed) {
    terminal.out.write(`\n${red(`${plugin.package}: ${check.check}`)}\n`);
    for (const remark of check.remarks) terminal.out.write(`  ${remark}\n`);
  }
  const bad = new Set(failed.map(({ plugin }) => plugin.package)).size;
  terminal.out.write(`\n${count(plugins.length, 'plugin')} checked, ${bad} failed\n`);
}
