import { join } from 'node:path';
import type { Container, EnvVar, Pod } from '../types.js';
import type { Images, ImageKind, RootFilesystem } from './images.js';
import type { Identity, ProgramSpec } from './launcher.js';

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What containerd leaves to a container that asks for nothing else. */
const defaultCapabilities = [
  ...['CHOWN', 'DAC_OVERRIDE', 'FSETID', 'FOWNER', 'MKNOD', 'NET_RAW', 'SETGID', 'SETUID', 'SETFCAP', 'SETPCAP'],
  ...['NET_BIND_SERVICE', 'SYS_CHROOT', 'KILL', 'AUDIT_WRITE'],
];

/** Where one container of a pod has its files on this machine. */
export interface ContainerFolders {
  readonly root: string;
  readonly log: string;
  readonly terminationLog: string;
  /** Of the pod; each emptyDir is a folder in it. */
  readonly volumes: string;
}

export function userOf(pod: Pod, container: Container): number {
  return container.securityContext?.runAsUser ?? pod.spec.securityContext?.runAsUser ?? 0;
}

export function identityOf(pod: Pod, { securityContext = {} }: Container, uid: number): Identity {
  const { fsGroup, supplementalGroups = [], runAsGroup = 0 } = pod.spec.securityContext ?? {};
  const gid = securityContext.runAsGroup ?? runAsGroup;
  const { add = [], drop = [] } = securityContext.capabilities ?? {};
  const kept = drop.includes('ALL') ? [] : defaultCapabilities.filter((name) => !drop.includes(name));
  return {
    uid,
    gid,
    groups: [...new Set([gid, ...supplementalGroups, ...(fsGroup === undefined ? [] : [fsGroup])])],
    capabilities: [...kept, ...add],
    noNewPrivileges: securityContext.allowPrivilegeEscalation === false,
    mapped: process.getuid?.() !== 0,
  };
}

function environmentOf(pod: Pod, container: Container, home: string): Record<string, string> {
  const env: Record<string, string> = {
    PATH: path,
    HOSTNAME: pod.metadata.name,
    HOME: home,
    KUBERNETES_SERVICE_HOST: '10.96.0.1',
    KUBERNETES_SERVICE_PORT: '443',
  };
  for (const variable of container.env ?? []) env[variable.name] = valueOf(variable, pod, env);
  return env;
}

function valueOf({ value, valueFrom }: EnvVar, pod: Pod, env: Record<string, string>): string {
  const fieldPath = valueFrom?.fieldRef?.fieldPath;
  if (fieldPath === undefined) return expand(value ?? '', env);
  const found = fieldPath
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], pod);
  return typeof found === 'string' ? found : '';
}

/** `$(NAME)` of a known variable is replaced, `$$(NAME)` becomes `$(NAME)`, all else stays. */
export function expand(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$(\$|\(([^()\s]+)\))/g, (whole, escaped: string, name: string | undefined) => {
    if (name === undefined) return escaped;
    return env[name] ?? whole;
  });
}

/** What `exec.py` needs to know, beside the process to join. */
export function programSpec(pod: Pod, container: Container, images: Images, argv: readonly string[]): ProgramSpec {
  const uid = userOf(pod, container);
  const env = environmentOf(pod, container, images.homeOf(uid, images.kind(container.image)));
  return { argv, env, cwd: container.workingDir ?? '/', identity: identityOf(pod, container, uid) };
}

interface ContainerSpec extends ProgramSpec, RootFilesystem {
  readonly hostname: string;
  /** Where the container's root is put together. */
  readonly root: string;
  readonly log: string;
  readonly terminationLog: { readonly source: string; readonly target: string };
  readonly readOnlyRoot: boolean;
}

/** What `run.py` needs to know of a container. */
export function containerSpec(
  pod: Pod,
  container: Container,
  images: Images,
  kind: Exclude<ImageKind, 'missing'>,
  folders: ContainerFolders,
): ContainerSpec {
  const root = images.root(kind);
  const argv = [...(container.command ?? ['/bin/sh']), ...(container.args ?? [])];
  const program = programSpec(pod, container, images, argv);
  return {
    ...program,
    argv: argv.map((word) => expand(word, program.env)),
    hostname: pod.metadata.name,
    root: folders.root,
    log: folders.log,
    terminationLog: { source: folders.terminationLog, target: container.terminationMessagePath },
    links: root.links,
    folders: root.folders,
    mounts: [
      ...root.mounts,
      ...(container.volumeMounts ?? []).map(({ name, mountPath, subPath = '', readOnly = false }) => ({
        source: join(folders.volumes, name, subPath),
        target: mountPath,
        readOnly,
      })),
    ],
    readOnlyRoot: container.securityContext?.readOnlyRootFilesystem === true,
  };
}
