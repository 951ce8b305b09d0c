import type { Command } from 'commander';
import { describeCommand, type CommandLine } from '../command-line.js';

/** `danube serve`: the server, until SIGTERM or SIGINT. */
export function serveCommand(cli: CommandLine, version: string): Command {
  return describeCommand('serve', 'Run the server until it is told to stop; running jobs go on without it.', [
    'danube serve',
    'DANUBE_CONFIG=./danube.toml DANUBE_LOG=info,danube.jobs=debug danube serve',
  ]).action(async () => {
    const { loadBootstrapConfig } = await import('../../adapters/bootstrap-config/load-bootstrap-config.js');
    const config = await loadBootstrapConfig(cli.terminal.env);
    const { startDanube } = await import('../../composition/start-danube.js');
    const stopped = new Promise<NodeJS.Signals>((resolve) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
    });
    const danube = await startDanube(config, { output: process.stdout, version });
    await stopped;
    await danube.stop();
  });
}
