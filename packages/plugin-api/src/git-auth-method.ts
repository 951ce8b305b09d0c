import type { PluginInstance } from './contribution.js';
import type { SecretValue } from './secret-value.js';
import type { RepositoryRef } from './values.js';

/** What Git needs to read a private repository. The host keeps it out of argv, URLs, configuration, environment and logs. */
export type GitCredential =
  | {
      /** For https and http URLs. */
      readonly kind: 'https';
      readonly username: string;
      readonly password: SecretValue;
    }
  | {
      /** For ssh URLs. */
      readonly kind: 'ssh';
      /** In OpenSSH or PEM form, without a passphrase. */
      readonly privateKey: SecretValue;
      /** Lines of a `known_hosts` file; undefined: keys of hosts are learnt at the first contact, and kept. */
      readonly knownHosts: string | undefined;
    };

/** A way to get credentials for repositories. */
export interface GitAuthMethod extends PluginInstance {
  /**
   * A credential that is valid for at least ten minutes more. Called before each checkout, possibly many times at once:
   * whatever is costly is cached inside, with one request at a time and renewed before it expires.
   * @throws DanubeError whose message says what to do; `retryable` where a later attempt may succeed, with `retryAfterMs`
   * where the other side says when
   */
  issueCredential(repository: RepositoryRef, signal: AbortSignal): Promise<GitCredential>;
}
