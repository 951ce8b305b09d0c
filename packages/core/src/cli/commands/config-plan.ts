import path from 'node:path';
import type { Command } from 'commander';
import type { ConfigurationDiff } from '../../domain/config/diff-configuration.js';
import { formatDiff } from '../../domain/config/format-diff.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { count } from '../output/count.js';
import { printJson } from '../output/print-json.js';
import { printPluginFailures } from '../output/print-plugin-failures.js';
import { printProblems } from '../output/print-problems.js';
import { tellSealedSecrets } from '../output/tell-sealed-secrets.js';
import type { Terminal } from '../output/terminal.js';

export function configPlanCommand(cli: CommandLine, version: string): Command {
  return describeCommand('plan', 'Say what a config repository’s files would change on this machine’s server.', [
    'danube config plan',
    'danube config plan ./danube-config --json',
  ])
    .argument('[directory]', 'work tree of the config repository', '.')
    .option('--json', 'print the changes as JSON')
    .action(async (argument: string, options: { readonly json?: true }) => {
      const { terminal } = cli;
      const { loadBootstrapConfig } = await import('../../adapters/bootstrap-config/load-bootstrap-config.js');
      const { server } = await loadBootstrapConfig(terminal.env);
      const { planConfiguration } = await import('../../composition/plan-configuration.js');
      const directory = path.resolve(terminal.cwd, argument);
      const plan = await planConfiguration(directory, server.dataDir, version);
      const problems = plan.kind === 'invalid' ? plan.problems : [];
      const changes = plan.kind === 'valid' ? formatDiff(plan.diff) : [];
      const valid = plan.kind === 'valid';
      if (options.json) printJson(terminal, { valid, problems, changes, plugin_failures: plan.pluginFailures });
      else {
        printProblems(terminal, problems);
        for (const change of changes) terminal.out.write(`${paintChange(terminal, change)}\n`);
        printPluginFailures(terminal, plan.pluginFailures);
        if (plan.kind === 'valid') tellSealedSecrets(terminal, newSealedSecrets(plan.diff));
        terminal.out.write(`${conclusion(directory, problems.length, changes.length)}\n`);
      }
      if (plan.kind === 'invalid') cli.fail();
    });
}

function newSealedSecrets({ secrets }: ConfigurationDiff): number {
  return secrets.added.length + secrets.changed.length;
}

function paintChange({ colors }: Terminal, change: string): string {
  if (change.startsWith('+')) return colors.green(change);
  return change.startsWith('-') ? colors.red(change) : colors.yellow(change);
}

function conclusion(directory: string, problems: number, changes: number): string {
  if (problems > 0) return `${directory} has ${count(problems, 'problem')}; nothing of it would be applied`;
  return changes === 0 ? 'nothing would change' : `${count(changes, 'change')} would be applied`;
}
