import { isDanubeError } from '@danube/plugin-api';
import type { Command } from 'commander';
import { connect, withServerOptions, type ServerOptions } from '../client/connect.js';
import { describeCommand, type CommandLine } from '../command-line.js';
import { printJson } from '../output/print-json.js';
import type { EvidenceFiles } from '../verify/collect-evidence.js';
import type { Build } from '../verify/describe-build.js';

interface Options extends ServerOptions, EvidenceFiles {
  readonly job?: string;
  readonly json?: true;
}

export function verifyArtifactCommand(cli: CommandLine): Command {
  const command = describeCommand(
    'verify-artifact',
    'Check the signature and the provenance of an artifact, and say what it was built from. With all three files no server is asked.',
    [
      'danube verify-artifact web.tar.gz',
      'danube verify-artifact web.tar.gz --public-key danube.pub --signature web.tar.gz.sig --provenance provenance.json',
    ],
  )
    .argument('<file>', 'the artifact as it was downloaded')
    .option('--job <job>', 'which job built it (default: the newest that left this content)')
    .option('--public-key <file>', 'check with this key (default: that of the server)')
    .option('--signature <file>', 'the signature (default: the server’s)')
    .option('--provenance <file>', 'the provenance in the format slsa-v1 (default: the server’s)')
    .option('--json', 'print the result as JSON');
  return withServerOptions(command).action(async (path: string, options: Options) => {
    if (options.json) await printResult(cli, path, options);
    else await printChecks(cli, path, options);
  });
}

async function printChecks({ terminal }: CommandLine, path: string, options: Options): Promise<void> {
  const tick = terminal.colors.green('✓');
  const { describeBuild } = await import('../verify/describe-build.js');
  const onCheck = (check: string) => void terminal.out.write(`${tick} ${check}\n`);
  const { build } = await verify(terminal, path, options, onCheck);
  describeBuild(build).forEach(onCheck);
}

async function printResult(cli: CommandLine, path: string, options: Options): Promise<void> {
  const checks: string[] = [];
  try {
    const { sha256, build } = await verify(cli.terminal, path, options, (check) => checks.push(check));
    printJson(cli.terminal, { verified: true, file: path, sha256, checks, build });
  } catch (error) {
    if (!isDanubeError(error)) throw error;
    const { code, message } = error;
    printJson(cli.terminal, { verified: false, file: path, checks, error: { code, message } });
    cli.fail();
  }
}

async function verify(
  terminal: CommandLine['terminal'],
  path: string,
  options: Options,
  onCheck: (check: string) => void,
): Promise<{ readonly sha256: string; readonly build: Build }> {
  const { verifyFile } = await import('../verify/verify-file.js');
  return verifyFile(terminal.cwd, path, options, () => connect(terminal, options), onCheck);
}
