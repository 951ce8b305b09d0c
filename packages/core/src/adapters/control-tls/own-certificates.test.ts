import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { replacePrivateFile } from '../filesystem/private-file.js';
import type { KeyPair } from './certificate-source.js';
import { findHandshakeProblem } from './find-handshake-problem.js';
import { makeAuthority, makeCertificate } from './make-certificates.js';
import { OwnCertificates } from './own-certificates.js';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const dayMs = 86_400_000;
const hosts = ['danube.danube-system.svc', '10.0.0.5', '2001:db8::1'];
const names = ['control-ca.key', 'control-ca.crt', 'control.key', 'control.crt'];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-certificates-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Start extends KeyPair {
  readonly ca: string;
}

async function start(now = Date.now(), of = hosts): Promise<Start> {
  const certificates = await OwnCertificates.open(folder, of, replacePrivateFile, now);
  return { ca: certificates.ca, ...(await certificates.read(now)) };
}

const file = (name: string) => join(folder, name);

test('the first start makes an authority and a certificate that only the owner can read, later starts read them', async () => {
  const made = await start();
  expect((await readdir(folder)).sort()).toEqual([...names].sort());
  for (const name of names) expect((await stat(file(name))).mode & 0o777).toBe(0o600);
  expect(await start()).toEqual(made);
});

test('clients believe it for the given hosts, for this machine and for no others, and only if they trust the authority', async () => {
  const { ca, ...pair } = await start();
  for (const host of [...hosts, 'localhost', '127.0.0.1', '::1']) {
    expect(await findHandshakeProblem(pair, ca, host)).toBeUndefined();
  }
  expect(await findHandshakeProblem(pair, ca, 'danube.other.svc')).toContain("does not match certificate's altnames");
  expect(await findHandshakeProblem(pair, ca, '10.0.0.6')).toContain('not in the cert');
  const other = (await makeAuthority(Date.now())).certificate;
  expect(await findHandshakeProblem(pair, other, hosts[0] ?? '')).toContain('certificate');
  expect(await findHandshakeProblem(pair, undefined, hosts[0] ?? '')).toContain('certificate');
});

describe('a first start that is killed', () => {
  let program: string;
  beforeAll(async () => {
    program = join(await mkdtemp(join(tmpdir(), 'danube-certificate-process-')), 'start.mjs');
    await build({
      entryPoints: [join(root, 'tests/support/control/certificate-process.ts')],
      outfile: program,
      tsconfig: join(root, 'tsconfig.check.json'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      nodePaths: [join(root, 'node_modules')],
    });
  });
  afterAll(() => rm(dirname(program), { recursive: true }));

  test.each([0, 1, 2, 3])('after %i of its four files is made up for', async (written) => {
    const process = spawn(execPath, [program, folder, String(written)], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(process.stdout, 'data');
    process.kill('SIGKILL');
    await once(process, 'exit');
    expect((await readdir(folder)).sort()).toEqual(names.slice(0, written).sort());
    const authority = written >= 2 ? await readFile(file('control-ca.crt'), 'utf8') : undefined;

    const { ca, ...pair } = await start();
    expect(await findHandshakeProblem(pair, ca, hosts[0] ?? '')).toBeUndefined();
    expect(ca).toBe(authority ?? ca);
    expect(await start()).toEqual({ ca, ...pair });
  });
});

test.each(['control', 'control-ca'])('a new key beside an old certificate of %s is made up for', async (name) => {
  const before = await start();
  await writeFile(file(`${name}.key`), (await makeAuthority(Date.now())).key);
  const { ca, ...pair } = await start();
  expect(await findHandshakeProblem(pair, ca, hosts[0] ?? '')).toBeUndefined();
  expect(ca === before.ca).toBe(name === 'control');
});

test.each(names)('a %s that holds something else is replaced', async (name) => {
  await start();
  await writeFile(file(name), 'nonsense');
  const { ca, ...pair } = await start();
  expect(await findHandshakeProblem(pair, ca, hosts[0] ?? '')).toBeUndefined();
});

test('other hosts get a new certificate of the same authority', async () => {
  const before = await start();
  const { ca, ...pair } = await start(Date.now(), ['ci.example.org']);
  expect(ca).toBe(before.ca);
  expect(await findHandshakeProblem(pair, before.ca, 'ci.example.org')).toBeUndefined();
});

test('a certificate is renewed 90 days before its end, an authority two years before', async () => {
  const authority = await makeAuthority(Date.now());
  const write = async (name: string, pair: KeyPair) => {
    await writeFile(file(`${name}.key`), pair.key);
    await writeFile(file(`${name}.crt`), pair.certificate);
  };
  await write('control-ca', authority);
  for (const [ageDays, renewed] of [
    [270, false],
    [280, true],
  ] as const) {
    const old = await makeCertificate(
      authority,
      [...hosts, 'localhost', '127.0.0.1', '::1'],
      Date.now() - ageDays * dayMs,
    );
    await write('control', old);
    const { ca, certificate } = await start();
    expect({ ca, renewed: certificate !== old.certificate }).toEqual({ ca: authority.certificate, renewed });
    expect(Date.parse(new X509Certificate(certificate).validTo) - Date.now()).toBeGreaterThan(90 * dayMs);
  }
  const old = await makeAuthority(Date.now() - (3650 - 729) * dayMs);
  await write('control-ca', old);
  const { ca, ...pair } = await start();
  expect(ca).not.toBe(old.certificate);
  expect(await findHandshakeProblem(pair, ca, hosts[0] ?? '')).toBeUndefined();
});

test('a certificate that was made while the clock was ahead is made anew', async () => {
  await start(Date.now() + 3000 * dayMs);
  const { ca, ...pair } = await start();
  expect(await findHandshakeProblem(pair, ca, hosts[0] ?? '')).toBeUndefined();
});
