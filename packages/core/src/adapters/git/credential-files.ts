import { join } from 'node:path';
import { DanubeError, SecretValue, type GitCredential } from '@danube/plugin-api';
import { checkRepositoryUrl } from '../../domain/repository/repository-url.js';
import { quoteForGitConfig, quoteForShell } from './git-config-text.js';
import { sshWithKey } from './ssh-command.js';

/** Texts by file name. Every one may be read by the owner only. */
export type PrivateFiles = Readonly<Record<string, SecretValue | string>>;

/** Those that hold a secret. */
export const credentialFileNames = ['password', 'key'] as const;

export interface CredentialFiles {
  /** A part of git's configuration, without a secret; it names the files. */
  readonly configuration: string;
  readonly files: PrivateFiles;
}

/**
 * What opens the server of the URL, and no other one, from files in `folder`. `learntHosts` is the file of host keys where the
 * credential brings none; it is added to.
 * @throws DanubeError `git_credential_mismatch`, `git_credential_refused`, `repository_url_refused` (invalid)
 */
export function credentialFiles(
  url: string,
  credential: GitCredential,
  folder: string,
  learntHosts: string,
): CredentialFiles {
  checkCredentialKind(url, credential);
  return credential.kind === 'https'
    ? passwordFiles(url, credential, folder)
    : keyFiles(url, credential, folder, learntHosts);
}

/** Bound to protocol, host and port: git asks it for no other server, not even after a redirect. */
function passwordFiles(
  url: string,
  { username, password }: Extract<GitCredential, { kind: 'https' }>,
  folder: string,
): CredentialFiles {
  const secret = password.reveal();
  if (/[\0\r\n]/.test(username + secret)) {
    throw new DanubeError('git_credential_refused', 'a user name or password for git must be a single line', {
      category: 'invalid',
    });
  }
  const helper = `!f() { test "$1" != get || cat ${quoteForShell(join(folder, 'password'))}; }; f`;
  const section = quoteForGitConfig(new URL(url).origin);
  return {
    configuration: `[credential ${section}]\n\thelper = ${quoteForGitConfig(helper)}\n`,
    files: { password: new SecretValue(`username=${username}\npassword=${secret}\n`) },
  };
}

function keyFiles(
  url: string,
  { privateKey, knownHosts }: Extract<GitCredential, { kind: 'ssh' }>,
  folder: string,
  learntHosts: string,
): CredentialFiles {
  const given = knownHosts === undefined ? {} : { known_hosts: `${knownHosts.trimEnd()}\n` };
  const ssh = sshWithKey(url, {
    privateKey: join(folder, 'key'),
    configuration: join(folder, 'ssh_config'),
    knownHosts: knownHosts === undefined ? learntHosts : join(folder, 'known_hosts'),
    learnHosts: knownHosts === undefined,
  });
  return {
    configuration: ssh.gitConfiguration,
    files: {
      ...given,
      ssh_config: ssh.sshConfiguration,
      key: new SecretValue(`${privateKey.reveal().trimEnd()}\n`),
    },
  };
}

function checkCredentialKind(url: string, { kind }: GitCredential): void {
  const protocol = checkRepositoryUrl(url);
  if (kind === (protocol === 'http' ? 'https' : protocol)) return;
  const what = kind === 'ssh' ? 'an ssh key' : 'a user name and password';
  throw new DanubeError('git_credential_mismatch', `${what} cannot open a ${protocol} URL`, { category: 'invalid' });
}
