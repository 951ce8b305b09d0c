import { join } from 'node:path';
import { jobsFolder } from '../step-supervisor/job-folders.js';
import { processFolder } from '../step-supervisor/process-folder.js';
import { uniqueSuffix } from '../step-supervisor/replace-file.js';

/** Where the parts of one job stand under the data directory. */
export class JobFolder {
  readonly path: string;

  constructor(dataDir: string, jobId: string) {
    this.path = join(jobsFolder(dataDir), jobId);
  }

  get workspace(): string {
    return join(this.path, 'workspace');
  }

  /** What only the coordinator may read. */
  get coordinator(): string {
    return join(this.path, 'coordinator');
  }

  get connectionFile(): string {
    return join(this.coordinator, 'connection.json');
  }

  /** How its processes are isolated. */
  get isolationFile(): string {
    return join(this.path, 'isolation.json');
  }

  /** The home of its processes, where they are isolated. */
  get home(): string {
    return join(this.path, 'home');
  }

  /** What its processes have for /tmp, where they are isolated. */
  get temporary(): string {
    return join(this.path, 'tmp');
  }

  /** Variables that all processes of the job share. */
  get environmentFile(): string {
    return join(this.path, 'env');
  }

  /** One file per container that a step was given; it holds the engine's name. */
  get containers(): string {
    return join(this.path, 'containers');
  }

  get processes(): string {
    return join(this.path, 'processes');
  }

  process(sequence: number): string {
    return processFolder(this.path, sequence);
  }

  /** A path beside the workspace that nothing else uses. */
  unusedPath(purpose: string): string {
    return join(this.path, `${purpose}.${uniqueSuffix()}`);
  }
}
