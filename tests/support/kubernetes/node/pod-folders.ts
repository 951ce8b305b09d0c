import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Container, Pod } from '../types.js';
import type { ContainerFolders } from '../container/container-spec.js';

const longestMessage = 4096;
const longestLog = 2048;
/** What the volume of a service account's token holds. */
const tokenFiles = ['token', 'ca.crt', 'namespace'];

/** The folders and files of one pod on this machine. */
export class PodFolders {
  readonly volumes: string;

  constructor(readonly folder: string) {
    this.volumes = join(folder, 'volumes');
  }

  /** Makes the emptyDirs, as the kubelet does: for everybody, and with the pod's group where it has one. */
  make(pod: Pod): void {
    const group = pod.spec.securityContext?.fsGroup;
    mkdirSync(this.volumes, { recursive: true });
    for (const { name, projected } of pod.spec.volumes ?? []) {
      const path = join(this.volumes, name);
      mkdirSync(path);
      if (projected) for (const file of tokenFiles) writeFileSync(join(path, file), `${file} of the stand-in\n`);
      if (group !== undefined && process.getuid?.() === 0) chownSync(path, 0, group);
      chmodSync(path, group === undefined ? 0o777 : 0o2777);
    }
  }

  ofContainer({ name, volumeMounts = [] }: Container): ContainerFolders {
    const folder = join(this.folder, 'containers', name);
    const folders = {
      root: join(folder, 'root'),
      log: this.log(name),
      terminationLog: join(folder, 'termination-log'),
      volumes: this.volumes,
    };
    mkdirSync(folders.root, { recursive: true });
    writeFileSync(folders.terminationLog, '');
    chmodSync(folders.terminationLog, 0o666);
    for (const mount of volumeMounts) {
      if (mount.subPath !== undefined) mkdirSync(join(this.volumes, mount.name, mount.subPath), { recursive: true });
    }
    return folders;
  }

  log(container: string): string {
    return join(this.folder, 'containers', container, 'log');
  }

  /** What a container has left to say about its end. */
  terminationMessage({ name, terminationMessagePolicy }: Container, exitCode: number): string | undefined {
    const written = readFileSync(join(this.folder, 'containers', name, 'termination-log'));
    if (written.length > 0) return written.subarray(0, longestMessage).toString();
    if (terminationMessagePolicy === 'File' || exitCode === 0) return undefined;
    return this.#endOfLog(name);
  }

  #endOfLog(container: string): string | undefined {
    const file = openSync(this.log(container), 'r');
    try {
      const { size } = statSync(this.log(container));
      const end = Buffer.alloc(Math.min(size, longestLog));
      readSync(file, end, 0, end.length, size - end.length);
      return end.length > 0 ? end.toString() : undefined;
    } finally {
      closeSync(file);
    }
  }
}
