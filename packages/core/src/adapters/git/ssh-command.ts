import { quoteForGitConfig, quoteForShell } from './git-config-text.js';

/** Nothing of this machine's or its user's own ssh set-up, and no question to anybody. */
const always = [
  'BatchMode=yes',
  'IdentitiesOnly=yes',
  'IdentityAgent=none',
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

function render(options: readonly string[]): string {
  const command = ['ssh', '-F', '/dev/null', ...options.flatMap((option) => ['-o', option])];
  return `[core]\n\tsshCommand = ${quoteForGitConfig(command.map(quoteForShell).join(' '))}\n`;
}

/** For repositories without a credential: no key of the user that the master runs as is ever offered. */
export const sshWithoutKey = render([...always, 'IdentityFile=none', 'StrictHostKeyChecking=yes']);

export interface SshFiles {
  readonly privateKey: string;
  readonly knownHosts: string;
  /** Whether hosts that are not listed yet are believed, and then listed. */
  readonly learnHosts: boolean;
}

export function sshWithKey({ privateKey, knownHosts, learnHosts }: SshFiles): string {
  return render([
    ...always,
    `IdentityFile=${optionPath(privateKey)}`,
    `UserKnownHostsFile=${optionPath(knownHosts)}`,
    `StrictHostKeyChecking=${learnHosts ? 'accept-new' : 'yes'}`,
  ]);
}
