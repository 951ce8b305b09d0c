import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What is behind an image's name: this machine's programs, busybox only, nothing at all, or no such image. */
export type ImageKind = 'host' | 'busybox' | 'no-shell' | 'missing';

/** An account that images of this machine's programs know, as a Dockerfile would have made it. */
export interface ImageUser {
  readonly name: string;
  readonly uid: number;
  readonly home: string;
}

export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface RootFilesystem {
  readonly mounts: readonly Mount[];
  readonly links: readonly { readonly path: string; readonly target: string }[];
  readonly folders: readonly { readonly path: string; readonly mode: number; readonly uid?: number }[];
}

const readOnly = (source: string, target = source): Mount => ({ source, target, readOnly: true });
const common = [
  { path: '/tmp', mode: 0o1777 },
  { path: '/var/tmp', mode: 0o1777 },
  { path: '/run', mode: 0o755 },
  { path: '/root', mode: 0o700 },
  { path: '/home', mode: 0o755 },
];

/** Root filesystems of images, made once in the folder of a cluster. */
export class Images {
  readonly #kinds: ReadonlyMap<string, ImageKind>;
  readonly #made = new Map<ImageKind, RootFilesystem>();

  constructor(
    private readonly folder: string,
    kinds: Readonly<Record<string, ImageKind>>,
    private readonly extraMounts: Readonly<Record<string, string>>,
    private readonly users: readonly ImageUser[],
  ) {
    this.#kinds = new Map(Object.entries(kinds));
  }

  kind(image: string): ImageKind {
    return this.#kinds.get(image) ?? 'missing';
  }

  /** As a registry would have pinned it. */
  id(image: string): string {
    const digest = createHash('sha256').update(image).digest('hex');
    return `${image.replace(/:[^/:]+$/, '')}@sha256:${digest}`;
  }

  root(kind: Exclude<ImageKind, 'missing'>): RootFilesystem {
    let root = this.#made.get(kind);
    if (!root) {
      root = this.#make(kind);
      this.#made.set(kind, root);
    }
    return root;
  }

  /** As the image's `/etc/passwd` says, or the root folder. */
  homeOf(uid: number, kind: ImageKind): string {
    if (uid === 0) return kind === 'no-shell' ? '/' : '/root';
    return (kind === 'host' ? this.users.find((user) => user.uid === uid)?.home : undefined) ?? '/';
  }

  #make(kind: Exclude<ImageKind, 'missing'>): RootFilesystem {
    switch (kind) {
      case 'host':
        return this.#host();
      case 'busybox':
        return makeBusybox(join(this.folder, 'busybox'));
      case 'no-shell':
        return { mounts: [], links: [], folders: [] };
    }
  }

  #host(): RootFilesystem {
    const accounts = { passwd: readFileSync('/etc/passwd', 'utf8'), group: readFileSync('/etc/group', 'utf8') };
    for (const { name, uid, home } of this.users) {
      accounts.passwd += `${name}:x:${uid}:${uid}::${home}:/bin/sh\n`;
      accounts.group += `${name}:x:${uid}:\n`;
    }
    for (const [file, text] of Object.entries(accounts)) writeFileSync(join(this.folder, file), text);
    const top = ['/bin', '/sbin', '/lib', '/lib32', '/lib64'].flatMap((path) => {
      const found = lstatSync(path, { throwIfNoEntry: false });
      return found ? [{ path, link: found.isSymbolicLink() }] : [];
    });
    return {
      mounts: [
        ...['/usr', '/etc', ...top.filter(({ link }) => !link).map(({ path }) => path)].map((path) => readOnly(path)),
        readOnly(join(this.folder, 'passwd'), '/etc/passwd'),
        readOnly(join(this.folder, 'group'), '/etc/group'),
        ...Object.entries(this.extraMounts).map(([target, source]) => readOnly(source, target)),
      ],
      links: [
        { path: '/var/run', target: '../run' },
        ...top.filter(({ link }) => link).map(({ path }) => ({ path, target: readlinkSync(path) })),
      ],
      folders: [...common, ...this.users.map(({ home, uid }) => ({ path: home, mode: 0o755, uid }))],
    };
  }
}

/** Debian's busybox may need libraries: they come along. */
function makeBusybox(folder: string): RootFilesystem {
  const program = '/usr/bin/busybox';
  mkdirSync(join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'etc'));
  writeFileSync(join(folder, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  writeFileSync(join(folder, 'etc/group'), 'root:x:0:\n');
  copyFileSync(program, join(folder, 'bin/busybox'));
  const applets = execFileSync(program, ['--list'], { encoding: 'utf8' }).trim().split('\n');
  for (const applet of applets) if (applet !== 'busybox') symlinkSync('busybox', join(folder, 'bin', applet));
  const tops = new Set(['bin', 'etc']);
  for (const library of librariesOf(program)) {
    mkdirSync(dirname(join(folder, library)), { recursive: true });
    copyFileSync(library, join(folder, library));
    tops.add(library.split('/')[1] ?? '');
  }
  return { mounts: [...tops].map((top) => readOnly(join(folder, top), `/${top}`)), links: [], folders: common };
}

function librariesOf(program: string): string[] {
  try {
    const listed = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [...listed.matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path ?? '');
  } catch {
    return []; // a static program
  }
}
