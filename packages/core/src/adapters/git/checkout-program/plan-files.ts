import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretValue } from '@danube/plugin-api';
import type { CheckoutRequest } from '../../../services/ports/source-checkout.js';
import { credentialFiles, type CredentialFiles, type PrivateFiles } from '../credential-files.js';
import { quoteForGitConfig } from '../git-config-text.js';
import { fixedConfiguration, lfsConfiguration } from '../git-environment.js';
import { credentialForms } from '../hide-credential.js';
import { readIfThere } from '../read-if-there.js';
import { sshWithoutKey } from '../ssh-command.js';

/** Git reads one of them; which one depends on whether git-lfs is there. */
export const configurationFiles = { plain: 'gitconfig', withLfs: 'gitconfig-lfs' } as const;

const learntHosts = 'learnt_hosts';
const authorities = 'authorities';
/** Lines with one of these texts are left out of what the program says. */
export const unspeakable = 'unspeakable';

/** All that the program reads: git's configuration, and what opens the repository. `knownHosts` lists the hosts learnt so far. */
export async function planFiles(request: CheckoutRequest, folder: string, knownHosts: string): Promise<PrivateFiles> {
  const opening = await openingFiles(request, folder, knownHosts);
  const trusted = await trustedAuthorities(folder);
  const plain = join(folder, configurationFiles.plain);
  const configuration = [
    fixedConfiguration,
    sshWithoutKey,
    opening.configuration,
    trusted.configuration,
    sameServerOverHttps(request.repositoryUrl),
  ].join('');
  return {
    ...opening.files,
    ...trusted.files,
    [configurationFiles.plain]: configuration,
    [configurationFiles.withLfs]: `[include]\n\tpath = ${quoteForGitConfig(plain)}\n${lfsConfiguration}`,
  };
}

/** A host that is met for the first time is learnt into a copy, which goes with the pod: the master does not get it back. */
async function openingFiles(
  { repositoryUrl, access: { credential } }: CheckoutRequest,
  folder: string,
  knownHosts: string,
): Promise<CredentialFiles> {
  if (credential === undefined) return { configuration: '', files: {} };
  const opening = credentialFiles(repositoryUrl, credential, folder, join(folder, learntHosts));
  if (credential.kind === 'https') {
    const texts = new SecretValue(credentialForms(credential).join('\n'));
    return { ...opening, files: { ...opening.files, [unspeakable]: texts } };
  }
  if (credential.knownHosts !== undefined) return opening;
  return { ...opening, files: { ...opening.files, [learntHosts]: (await readIfThere(knownHosts)) ?? '' } };
}

/** What git on the master trusts in place of its usual authorities. */
async function trustedAuthorities(folder: string): Promise<CredentialFiles> {
  const file = process.env['GIT_SSL_CAINFO'];
  if (file === undefined) return { configuration: '', files: {} };
  const configuration = `[http]\n\tsslCAInfo = ${quoteForGitConfig(join(folder, authorities))}\n`;
  return { configuration, files: { [authorities]: await readFile(file, 'utf8') } };
}

/** Where the credential is one for https, it opens submodules with an ssh address on the same server as well. */
function sameServerOverHttps(repositoryUrl: string): string {
  if (!/^https:/i.test(repositoryUrl)) return '';
  const { hostname, port, origin } = new URL(repositoryUrl);
  if (port !== '') return '';
  const addresses = [`git@${hostname}:/`, `git@${hostname}:`, `ssh://git@${hostname}/`];
  const lines = addresses.map((address) => `\tinsteadOf = ${quoteForGitConfig(address)}\n`);
  return `[url ${quoteForGitConfig(`${origin}/`)}]\n${lines.join('')}`;
}
