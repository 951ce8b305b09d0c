import type { Command } from 'commander';
import { addressOnThisMachine } from '../client/connect.js';
import { describeCommand, type CommandLine } from '../command-line.js';

const stopLimitMs = 20_000;

/** `danube serve`: the server, until SIGTERM or SIGINT. */
export function serveCommand(cli: CommandLine, version: string): Command {
  return describeCommand('serve', 'Run the server until it is told to stop; running jobs go on without it.', [
    'danube serve',
    'DANUBE_CONFIG=./danube.toml DANUBE_LOG=info,danube.jobs=debug danube serve',
  ])
    .option('--print-address', 'print an address that logs in once; a terminal always gets it')
    .action(async (options: { readonly printAddress?: true }) => {
      const { loadBootstrapConfig } = await import('../../adapters/bootstrap-config/load-bootstrap-config.js');
      const config = await loadBootstrapConfig(cli.terminal.env);
      const { startDanube } = await import('../../composition/start-danube.js');
      const stopped = new Promise<NodeJS.Signals>((resolve) => {
        for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
      });
      const danube = await startDanube(config, { output: process.stdout, version, ownsProcess: true });
      if (options.printAddress || cli.terminal.out.isTTY === true) {
        const { Tokens } = await import('../../services/tokens.js');
        const token = danube.container.resolve(Tokens.OneTimeTokens).issue({ name: 'admin' });
        const address = config.server.publicUrl ?? addressOnThisMachine(danube.addresses.http);
        // the fragment stays in the browser: no proxy and no log gets to see the token
        cli.terminal.out.write(`open ${address}/#token=${token}\n`);
      }
      await stopped;
      // whatever still hangs then is safe to leave: the next start takes it up as after a crash
      setTimeout(() => process.exit(1), stopLimitMs).unref();
      await danube.stop();
    });
}
