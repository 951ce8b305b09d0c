import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { podUser } from '@danube/core/adapters/runtime-kubernetes/pod-layout.js';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const dockerfile = read('images/coordinator/Dockerfile');
const copies = [...dockerfile.matchAll(/^COPY (.+) (\S+)$/gm)].map(([line, sources = '', target = '']) => ({
  line,
  sources: sources.split(' '),
  target,
}));

test('everything that the image is made of is there', () => {
  const sources = copies.flatMap((copy) => copy.sources);
  expect(sources.length).toBeGreaterThan(2);
  expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([]);
});

test('the Python package lies where the server says that it does', () => {
  const composition = read('packages/core/src/composition/modules/kubernetes-runtime.ts');
  const imageSdk = /imageSdk = '([^']+)'/.exec(composition)?.[1];
  const copied = copies.find(({ sources }) => sources.includes('sdk/src/danube'));
  expect(copied?.target).toBe(`${imageSdk}/danube`);
  expect(dockerfile).toContain(`\nENV PYTHONPATH=${imageSdk}\n`);
});

test('its user is the one that pods run it as, and is known by name', () => {
  expect(dockerfile).toContain(`\nUSER ${podUser}:${podUser}\n`);
  expect(read('images/coordinator/install.sh')).toContain(`\nuser=${podUser}\n`);
});

test('it gets the versions of grpcio and protobuf that the SDK works with', () => {
  const wanted = /^grpc = \[(.+)\]$/m.exec(read('sdk/pyproject.toml'))?.[1] ?? '';
  const installed = /^grpc='(.+)'$/m.exec(read('images/coordinator/install.sh'))?.[1];
  expect(installed).toBe([...wanted.matchAll(/"(.+?)"/g)].map(([, requirement]) => requirement).join(' '));
});

const build = join(root, 'images/coordinator/build.sh');

test('its build says how it is used, and what it does not know', () => {
  expect(execFileSync(build, ['--help'], { encoding: 'utf8' })).toMatch(
    /--base IMAGE[^]*For example:\n\n {2}\S+build\.sh /,
  );
  for (const args of [['--bsae', 'x'], ['--base'], ['--tool', 'kaniko']]) {
    const { status, stderr } = spawnSync(build, args, { encoding: 'utf8' });
    expect([args, status, stderr]).toEqual([args, 2, expect.stringMatching(/^error: .*(--help|accepted: docker)/)]);
  }
});

test.each([
  { there: { docker: 0, podman: 0, buildah: 0 }, calls: ['docker build', 'docker push'] },
  { there: { docker: 1, podman: 0, buildah: 0 }, calls: ['podman build', 'podman push'] },
  { there: { docker: 1, buildah: 0 }, calls: ['buildah bud', 'buildah push'] },
])('of $there, where 1 is no answer, it is built with the first that answers', ({ there, calls }) => {
  const folder = mkdtempSync(join(tmpdir(), 'danube-tools-'));
  try {
    for (const [tool, code] of Object.entries(there)) {
      const fake = `#!/bin/sh\n[ "$1" = version ] && exit ${code}\necho "CALL ${tool} $*" >&2\n`;
      writeFileSync(join(folder, tool), fake, { mode: 0o755 });
    }
    for (const tool of ['dirname', 'sed', 'cat', 'sh']) {
      const found = execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim();
      symlinkSync(found, join(folder, tool));
    }
    const args = ['--base', 'base:1', '--tag', 'registry.example.com/coordinator:1', '--push'];
    const { status, stderr } = spawnSync(build, args, { env: { PATH: folder }, encoding: 'utf8' });
    expect(status).toBe(0);
    const made = stderr.split('\n').filter((line) => /^CALL \w+ (build|bud|push) /.test(line));
    expect(made.map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual(calls);
    const { version } = JSON.parse(read('packages/core/package.json')) as { version: string };
    expect(made[0]).toContain(` --build-arg BASE=base:1 --build-arg VERSION=${version} `);
    expect(made[1]).toMatch(/ registry\.example\.com\/coordinator:1$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// others than root cannot look into what it built
const hasBuildah = process.getuid?.() === 0 && spawnSync('buildah', ['--version']).status === 0;
const reason = hasBuildah ? '' : ' (skipped: needs root and buildah)';

test.skipIf(!hasBuildah)(`its context holds the sources and nothing beside them${reason}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'danube-image-'));
  const storage = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs'];
  const buildah = (...args: string[]) =>
    execFileSync('buildah', [...storage, ...args], { encoding: 'utf8', stdio: 'pipe' });
  try {
    // without a base there is nothing to run
    writeFileSync(
      join(folder, 'Dockerfile'),
      ['FROM scratch', ...copies.map(({ line }) => line), 'COPY . /all', ''].join('\n'),
    );
    buildah('bud', '--isolation', 'chroot', '-f', join(folder, 'Dockerfile'), '-t', 'copied', root);
    const mounted = buildah('mount', buildah('from', '--pull-never', 'copied').trim()).trim();
    const files = readdirSync(mounted, { recursive: true, encoding: 'utf8' });
    expect(files).toEqual(expect.arrayContaining(['opt/danube/check.sh', 'opt/danube/sdk/danube/__main__.py']));
    const context = files.filter((file) => file.startsWith('all/')).map((file) => file.slice('all/'.length));
    expect(context.filter((file) => !/^(images|sdk)(\/|$)/.test(file) || file.includes('__pycache__'))).toEqual([]);
  } finally {
    spawnSync('buildah', [...storage, 'rm', '--all']);
    rmSync(folder, { recursive: true, force: true });
  }
});
