import { join } from 'node:path';
import type { CheckoutRequest } from '../../../services/ports/source-checkout.js';
import { credentialFileNames } from '../credential-files.js';
import { bareCommitRefused, fetchArgs, fetchedRef } from '../fetch-commit.js';
import { quoteForShell } from '../git-config-text.js';
import { fixedVariables } from '../git-environment.js';
import { hostKeyRefused, loginRefused } from '../git-failure.js';
import { lfsSearch, pointersOnly } from '../lfs-warnings.js';
import { checkoutScript } from './checkout-script.js';
import { configurationFiles, unspeakable } from './plan-files.js';

/** Words about a connection that may be there a moment later: names and routes of a new pod are not always ready at once. */
const passing =
  /could not resolve|temporary failure|failed to connect|couldn't connect|connection (refused|reset|timed out|closed)|timed out|no route to host|network is unreachable|returned error: (429|5[0-9][0-9])|hung up|early eof|unexpected disconnect|too slow|ssl_error_syscall|gnutls|kex_exchange_identification/;

/** The program for one request. It removes `privateFiles`, names below `folder`, when it has succeeded. */
export function programText(request: CheckoutRequest, folder: string, privateFiles: readonly string[]): string {
  return [
    ...Object.entries(environment(folder)).map(([name, value]) => `export ${name}=${quoteForShell(value)}\n`),
    ...Object.entries(variables(request, folder)).map(([name, value]) => `${name}=${quoteForShell(value)}\n`),
    `private_files=${quoteForShell(privateFiles.join(' '))}\n`,
    checkoutScript,
  ].join('');
}

function environment(folder: string) {
  return {
    ...fixedVariables,
    GIT_CONFIG_GLOBAL: join(folder, configurationFiles.plain),
    GIT_ALLOW_PROTOCOL: 'https:http:ssh',
    // without the samples that come with git
    GIT_TEMPLATE_DIR: '',
  };
}

function variables(request: CheckoutRequest, folder: string) {
  const { repositoryUrl, commit, ref, destination, depth, submodules } = request;
  return {
    folder,
    unspeakable: join(folder, unspeakable),
    destination,
    url: repositoryUrl,
    commit,
    ref,
    format: commit.length === 64 ? 'sha256' : 'sha1',
    limit: depth === 0 ? '' : `--depth=${depth}`,
    tags: depth === 0 ? '+refs/tags/*:refs/tags/*' : '',
    submodules: submodules ? 'yes' : 'no',
    not_for_submodules: request.access.notForSubmodules === true ? credentialFileNames.join(' ') : '',
    gitconfig_with_lfs: join(folder, configurationFiles.withLfs),
    fetch: fetchArgs.join(' '),
    fetched: fetchedRef,
    bare_commit_refused: bareCommitRefused.source,
    refused: `${loginRefused.source}|${hostKeyRefused.source}`,
    passing: passing.source,
    search_lfs: ['git', ...lfsSearch('HEAD')].map(quoteForShell).join(' '),
    pointers_only: pointersOnly,
  };
}
