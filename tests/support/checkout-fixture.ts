import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGit, type Git } from '@danube/core/adapters/git/create-git.js';
import { GitRunner } from '@danube/core/adapters/git/git-runner.js';
import type { CheckoutRequest, RepositoryAccess } from '@danube/core/services/ports/source-checkout.js';
import { GitRepository } from './git-fixtures.js';
import { RecordingMetrics } from './recording-metrics.js';

/** What a repository that everybody may read needs. */
export const openToAll: RepositoryAccess = { authMethod: 'none', credential: undefined };

/** A repository, a cache and a workspace in a temporary folder. */
export class CheckoutFixture {
  readonly folder: string;
  readonly repository: GitRepository;
  readonly metrics = new RecordingMetrics();
  readonly workspace: string;
  readonly knownHosts: string;
  readonly git: Git;

  constructor(prefix = 'danube-git-') {
    this.folder = mkdtempSync(join(tmpdir(), prefix));
    this.repository = new GitRepository(join(this.folder, 'repository'));
    this.workspace = join(this.folder, 'workspace');
    this.knownHosts = join(this.folder, 'keys/git_known_hosts');
    this.git = this.newGit();
  }

  /** As a server that has just been started has it. */
  newGit(): Git {
    return createGit(new GitRunner(join(this.folder, 'cache')), this.metrics, this.knownHosts);
  }

  request(commit: string, change: Partial<CheckoutRequest> = {}): CheckoutRequest {
    return {
      repositoryUrl: this.repository.url,
      commit,
      ref: 'refs/heads/main',
      destination: this.workspace,
      submodules: false,
      depth: 1,
      access: openToAll,
      ...change,
    };
  }

  inWorkspace(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.workspace, encoding: 'utf8' }).trim();
  }

  /** The only mirror there is. */
  mirror(): string {
    const repositories = join(this.folder, 'cache/repositories');
    return join(repositories, readdirSync(repositories)[0] ?? '');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
