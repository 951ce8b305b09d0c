import type { DependencyContainer } from 'tsyringe';
import type { Git } from '../../adapters/git/create-git.js';
import { readPrivateKey } from '../../builtin/ssh-key/read-private-key.js';
import { SshKeyMethod } from '../../builtin/ssh-key/ssh-key-method.js';
import { AwaitRepositoryAccess } from '../../services/git/await-repository-access.js';
import { FindRepositoryAccess } from '../../services/git/find-repository-access.js';
import { ListBranches } from '../../services/git/list-branches.js';
import { Tokens } from '../../services/tokens.js';
import { registerClass } from './register.js';

/** How repositories are opened and read. */
export function registerGit(container: DependencyContainer, git: Git, fallbackKey: string): void {
  container.registerInstance(Tokens.FallbackGitAuth, new SshKeyMethod(() => readPrivateKey(fallbackKey), undefined));
  container.registerInstance(Tokens.SourceBranches, git.branches);
  container.registerInstance(Tokens.SourceFiles, git.files);
  container.registerInstance(Tokens.SourceCache, git.cache);
  container.registerInstance(Tokens.CheckoutProgram, git.checkoutProgram);
  registerClass(container, Tokens.FindRepositoryAccess, FindRepositoryAccess);
  registerClass(container, Tokens.AwaitRepositoryAccess, AwaitRepositoryAccess);
  registerClass(container, Tokens.ListBranches, ListBranches);
}
