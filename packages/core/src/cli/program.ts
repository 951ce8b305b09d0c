import { Command } from 'commander';
import type { CommandLine } from './command-line.js';
import { artifactsDownloadCommand } from './commands/artifacts-download.js';
import { artifactsListCommand } from './commands/artifacts-list.js';
import { auditListCommand } from './commands/audit-list.js';
import { auditVerifyCommand } from './commands/audit-verify.js';
import { configPlanCommand } from './commands/config-plan.js';
import { configValidateCommand } from './commands/config-validate.js';
import { deliveriesListCommand } from './commands/deliveries-list.js';
import { deliveriesReplayCommand } from './commands/deliveries-replay.js';
import { deliveriesShowCommand } from './commands/deliveries-show.js';
import { healthCommand } from './commands/health.js';
import { initConfigCommand } from './commands/init-config.js';
import { jobsCancelCommand } from './commands/jobs-cancel.js';
import { jobsListCommand } from './commands/jobs-list.js';
import { jobsLogsCommand } from './commands/jobs-logs.js';
import { jobsShowCommand } from './commands/jobs-show.js';
import { jobsTriggerCommand } from './commands/jobs-trigger.js';
import { migrateCommand } from './commands/migrate.js';
import { pipelinesListCommand } from './commands/pipelines-list.js';
import { pipelinesShowCommand } from './commands/pipelines-show.js';
import { pluginsCheckCommand } from './commands/plugins-check.js';
import { pluginsListCommand } from './commands/plugins-list.js';
import { provenanceCommand } from './commands/provenance.js';
import { reaperCheckCommand } from './commands/reaper-check.js';
import { reaperRunCommand } from './commands/reaper-run.js';
import { secretListCommand } from './commands/secret-list.js';
import { secretRecipientCommand } from './commands/secret-recipient.js';
import { secretRemoveCommand } from './commands/secret-remove.js';
import { secretRotateKeyCommand } from './commands/secret-rotate-key.js';
import { secretSealCommand } from './commands/secret-seal.js';
import { secretSetCommand } from './commands/secret-set.js';
import { serveCommand } from './commands/serve.js';
import { signingKeyCommand } from './commands/signing-key.js';
import { syncConfigCommand } from './commands/sync-config.js';
import { verifyArtifactCommand } from './commands/verify-artifact.js';
import { completeCommand } from './completion/complete-command.js';
import { completionCommand } from './completion/completion-command.js';
import { runCommand } from './run/run-command.js';

/** The whole command tree. It loads no engine: what a command works with is imported when it runs. */
export function createProgram(cli: CommandLine, version: string): Command {
  const program = new Command('danube')
    .description('A self-hosted CI/CD platform.')
    .version(version, '-V, --version', 'print the version')
    .addHelpText('after', '\nRun "danube <command> --help" for options and examples.');
  program.commandsGroup('Pipelines:').addCommand(runCommand(cli, version)).addCommand(pipelinesCommand(cli));
  program
    .commandsGroup('Server:')
    .addCommand(serveCommand(cli, version))
    .addCommand(initConfigCommand(cli))
    .addCommand(migrateCommand(cli))
    .addCommand(syncConfigCommand(cli))
    .addCommand(healthCommand(cli))
    .addCommand(reaperCommand(cli));
  program.commandsGroup('Configuration:').addCommand(configCommand(cli, version));
  program.commandsGroup('Plugins:').addCommand(pluginsCommand(cli, version));
  program.commandsGroup('Jobs:').addCommand(jobsCommand(cli));
  program
    .commandsGroup('Artifacts:')
    .addCommand(artifactsCommand(cli))
    .addCommand(verifyArtifactCommand(cli))
    .addCommand(provenanceCommand(cli))
    .addCommand(signingKeyCommand(cli));
  program.commandsGroup('Webhooks:').addCommand(deliveriesCommand(cli));
  program.commandsGroup('Secrets:').addCommand(secretCommand(cli, version)).addCommand(auditCommand(cli));
  program.commandsGroup('Shell:').addCommand(completionCommand(cli));
  program.addCommand(completeCommand(cli, program), { hidden: true });
  return program;
}

function pipelinesCommand(cli: CommandLine): Command {
  return new Command('pipelines')
    .description('List pipelines and show what starts their jobs.')
    .addCommand(pipelinesListCommand(cli))
    .addCommand(pipelinesShowCommand(cli))
    .addHelpText('after', '\nExample:\n  danube pipelines show build');
}

function configCommand(cli: CommandLine, version: string): Command {
  return new Command('config')
    .description('Check the files of a config repository before they are pushed.')
    .addCommand(configValidateCommand(cli, version))
    .addCommand(configPlanCommand(cli, version))
    .addHelpText('after', '\nExample:\n  danube config validate .');
}

function pluginsCommand(cli: CommandLine, version: string): Command {
  return new Command('plugins')
    .description('List the plugins of a server, and check what is installed.')
    .addCommand(pluginsListCommand(cli))
    .addCommand(pluginsCheckCommand(cli, version))
    .addHelpText('after', '\nExample:\n  danube plugins check');
}

function jobsCommand(cli: CommandLine): Command {
  return new Command('jobs')
    .description('List, show, follow, cancel and trigger jobs.')
    .addCommand(jobsListCommand(cli))
    .addCommand(jobsShowCommand(cli))
    .addCommand(jobsLogsCommand(cli))
    .addCommand(jobsCancelCommand(cli))
    .addCommand(jobsTriggerCommand(cli))
    .addHelpText('after', '\nExample:\n  danube jobs list --status failure');
}

function artifactsCommand(cli: CommandLine): Command {
  return new Command('artifacts')
    .description('List and download what jobs have left behind.')
    .addCommand(artifactsListCommand(cli))
    .addCommand(artifactsDownloadCommand(cli))
    .addHelpText('after', '\nExample:\n  danube artifacts download build#12 web');
}

function deliveriesCommand(cli: CommandLine): Command {
  return new Command('deliveries')
    .description('Look at received webhooks and what they did, and replay them.')
    .addCommand(deliveriesListCommand(cli))
    .addCommand(deliveriesShowCommand(cli))
    .addCommand(deliveriesReplayCommand(cli))
    .addHelpText('after', '\nExample:\n  danube deliveries list');
}

function reaperCommand(cli: CommandLine): Command {
  return new Command('reaper')
    .description('Remove what retention keeps no longer, and compare files with the database.')
    .addCommand(reaperRunCommand(cli), { isDefault: true })
    .addCommand(reaperCheckCommand(cli))
    .addHelpText('after', '\nExample:\n  danube reaper --dry-run');
}

function auditCommand(cli: CommandLine): Command {
  return new Command('audit')
    .description('Who did what with which secret, and whether that record is whole.')
    .addCommand(auditListCommand(cli))
    .addCommand(auditVerifyCommand(cli))
    .addHelpText('after', '\nExample:\n  danube audit verify');
}

function secretCommand(cli: CommandLine, version: string): Command {
  return new Command('secret')
    .description('Store credentials for plugins and pipelines; values go in and never come out.')
    .addCommand(secretSetCommand(cli))
    .addCommand(secretSealCommand(cli))
    .addCommand(secretRecipientCommand(cli))
    .addCommand(secretListCommand(cli))
    .addCommand(secretRemoveCommand(cli))
    .addCommand(secretRotateKeyCommand(cli, version))
    .addHelpText('after', '\nExample:\n  danube secret set GITHUB_TOKEN < token.txt');
}
