import { quoteForGitConfig, quoteForShell } from './git-config-text.js';
import { sshServer } from './ssh-server.js';

/** Nothing of this machine's or its user's own ssh set-up, and no question to anybody. */
const always = [
  'BatchMode=yes',
  'IdentitiesOnly=yes',
  'IdentityAgent=none',
  'IdentityFile=none',
  'ForwardAgent=no',
  'GlobalKnownHostsFile=/dev/null',
  'UpdateHostKeys=no',
  'ConnectTimeout=20',
  'ServerAliveInterval=15',
  'ServerAliveCountMax=4',
];

/** ssh takes a path of an option apart at spaces and expands `%`. */
function optionPath(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`;
}

function render(configuration: string, options: readonly string[]): string {
  const command = ['ssh', '-F', configuration, ...options.flatMap((option) => ['-o', option])];
  return `[core]\n\tsshCommand = ${quoteForGitConfig(command.map(quoteForShell).join(' '))}\n`;
}

/** For repositories without a credential: no key of the user that the master runs as is ever offered. */
export const sshWithoutKey = render('/dev/null', [...always, 'StrictHostKeyChecking=yes']);

export interface SshFiles {
  readonly privateKey: string;
  /** Where the ssh configuration will lie. */
  readonly configuration: string;
  readonly knownHosts: string;
  /** Whether hosts that are not listed yet are believed, and then listed. */
  readonly learnHosts: boolean;
}

export interface SshWithKey {
  readonly gitConfiguration: string;
  readonly sshConfiguration: string;
}

/** The key is offered to the server of the URL only: a submodule or LFS may lead to others. */
export function sshWithKey(url: string, files: SshFiles): SshWithKey {
  const { host, port } = sshServer(url);
  return {
    sshConfiguration: `Match originalhost "${host}" exec "test %p = ${port}"\n\tIdentityFile ${optionPath(files.privateKey)}\n`,
    gitConfiguration: render(files.configuration, [
      ...always,
      `UserKnownHostsFile=${optionPath(files.knownHosts)}`,
      `StrictHostKeyChecking=${files.learnHosts ? 'accept-new' : 'yes'}`,
    ]),
  };
}
