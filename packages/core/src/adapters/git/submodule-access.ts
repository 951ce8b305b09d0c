import type { RepositoryAccess } from '../../services/ports/source-checkout.js';

/** How a submodule is opened: as the repository that names it where that may be, and as everybody may else. */
export function submoduleAccess(parent: RepositoryAccess, sameServer: boolean): RepositoryAccess {
  if (sameServer && parent.notForSubmodules !== true) return parent;
  const { notForSubmodules = false } = parent;
  return { authMethod: 'none', credential: undefined, notForSubmodules };
}
