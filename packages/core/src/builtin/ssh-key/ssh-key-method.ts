import {
  DanubeError,
  type GitAuthMethod,
  type GitCredential,
  type RepositoryRef,
  type SecretValue,
} from '@danube/plugin-api';

/** One key for ssh URLs, read anew each time, so that an exchanged one holds from the next checkout on. */
export class SshKeyMethod implements GitAuthMethod {
  /** `knownHosts`: lines of a `known_hosts` file; undefined: hosts are learnt. */
  constructor(
    private readonly readKey: (signal: AbortSignal) => Promise<SecretValue>,
    private readonly knownHosts: string | undefined,
  ) {
    if (knownHosts !== undefined) checkKnownHosts(knownHosts);
  }

  async issueCredential(_repository: RepositoryRef, signal: AbortSignal): Promise<GitCredential> {
    signal.throwIfAborted();
    return { kind: 'ssh', privateKey: await this.readKey(signal), knownHosts: this.knownHosts };
  }

  async checkHealth(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.readKey(signal);
  }
}

function checkKnownHosts(text: string): void {
  const lines = text.split('\n').map((line) => line.trim());
  const keys = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const wrong = keys.find((line) => !/^(@\S+ +)?\S+ +\S+ +[A-Za-z0-9+/=]{16,}/.test(line));
  if (keys.length > 0 && wrong === undefined) return;
  throw new DanubeError(
    'known_hosts_invalid',
    `known_hosts must be lines of a known_hosts file, as ssh-keyscan prints them ("host key-type key")${wrong === undefined ? '' : `; not ${JSON.stringify(wrong.slice(0, 80))}`}`,
    { category: 'invalid' },
  );
}
