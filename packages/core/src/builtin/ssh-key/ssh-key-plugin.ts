import {
  definePlugin,
  secretName,
  type Contribution,
  type ContributionContext,
  type GitAuthMethod,
  type Plugin,
} from '@danube/plugin-api';
import { checkPrivateKey, readPrivateKey } from './read-private-key.js';
import { SshKeyMethod } from './ssh-key-method.js';

interface SshKeyConfig {
  readonly private_key_path?: string;
  readonly private_key_secret?: string;
  readonly known_hosts?: string;
}

const configSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    private_key_path: {
      type: 'string',
      minLength: 1,
      maxLength: 4096,
      pattern: '^/',
      description:
        'Absolute path of a private key that only its owner may read. Without it and a secret: the fallback key.',
    },
    private_key_secret: secretName('Name of the secret that holds a private key.'),
    known_hosts: {
      type: 'string',
      minLength: 1,
      maxLength: 65_536,
      description: 'Host keys as lines of a known_hosts file. Without it host keys are learnt at the first contact.',
    },
  },
  not: { required: ['private_key_path', 'private_key_secret'] },
};

/** `ssh_key` in `git_authentication`: repositories over ssh with a key of a file, a secret, or the server's own. */
export function sshKeyPlugin(fallbackKeyPath: string): Plugin {
  const sshKey: Contribution<SshKeyConfig, GitAuthMethod> = {
    type: 'ssh_key',
    configSchema,
    create(config: SshKeyConfig, context: ContributionContext): GitAuthMethod {
      const { private_key_path: path = fallbackKeyPath, private_key_secret: name, known_hosts: knownHosts } = config;
      const readKey =
        name === undefined
          ? () => readPrivateKey(path)
          : async (signal: AbortSignal) => {
              const secret = await context.secret(name, signal);
              return checkPrivateKey(secret.reveal(), `in the secret "${name}"`);
            };
      return new SshKeyMethod(readKey, knownHosts);
    },
  };
  return definePlugin({ id: 'ssh-key', gitAuthMethods: [sshKey] });
}
