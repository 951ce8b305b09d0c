import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SecretValue } from '@danube/plugin-api';
import { CheckoutFixture, openToAll } from '@danube/test-support/checkout-fixture.js';
import { filesHolding, processesShowing } from '@danube/test-support/find-secret.js';
import { type GitHttpServer, startGitHttpServer } from '@danube/test-support/git-http-server.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RepositoryAccess } from '../../services/ports/source-checkout.js';

const never = new AbortController().signal;
/** Typical of what breaks quoting, and encoded differently wherever it is encoded. */
const secret = `s3cret"'$(x)\\ %41:/@ü`;
const recognisable = /s3cret|czNjcmV0|OnMzY3Jl|6czNjcm/;
const access: RepositoryAccess = {
  authMethod: 'sample_token',
  credential: { kind: 'https', username: 'ci', password: new SecretValue(secret) },
};
let world: CheckoutFixture;
const servers: GitHttpServer[] = [];
beforeEach(() => {
  world = new CheckoutFixture(`danube git'"$-`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map((server) => server.close()));
  world.remove();
});

async function serve(options: Parameters<typeof startGitHttpServer>[1] = {}): Promise<GitHttpServer> {
  const server = await startGitHttpServer(dirname(world.repository.path), options);
  servers.push(server);
  return server;
}

test('during a clone no process shows the password, and afterwards no file holds it', async () => {
  const commit = world.repository.commit({ 'a.txt': 'a' });
  const seen: string[] = [];
  const holding: string[] = [];
  const server = await serve({
    user: 'ci',
    password: secret,
    beforeObjects: () => {
      seen.push(...processesShowing('s3cret'), ...processesShowing('czNjcmV0'));
      holding.push(...filesHolding('s3cret', world.folder));
      return Promise.resolve();
    },
  });
  const repositoryUrl = `${server.url}/${basename(world.repository.path)}`;
  await world.git.checkout.checkOut(world.request(commit, { repositoryUrl, access }), never);
  expect(holding.length).toBeGreaterThan(0);
  for (const file of holding) expect(file).toMatch(/\/cache\/credentials\/[^/]+\/password$/);
  expect(seen).toEqual([]);
  expect(filesHolding('s3cret', world.folder)).toEqual([]);
  expect(server.authorizations.some((value) => value !== '')).toBe(true);
});

test('what holds a credential can be read by its owner only', async () => {
  const commit = world.repository.commit({ 'a.txt': 'a' });
  const modes: string[] = [];
  const server = await serve({
    user: 'ci',
    password: secret,
    beforeObjects: () => {
      const [file = ''] = filesHolding('s3cret', world.folder);
      modes.push(...[file, dirname(file)].map((path) => (statSync(path).mode & 0o777).toString(8)));
      return Promise.resolve();
    },
  });
  const repositoryUrl = `${server.url}/${basename(world.repository.path)}`;
  await world.git.checkout.checkOut(world.request(commit, { repositoryUrl, access }), never);
  expect(modes.slice(0, 2)).toEqual(['600', '700']);
});

test('a server that sends on to another one does not give it the password', async () => {
  world.repository.commit({ 'a.txt': 'a' });
  const thief = await serve({ user: 'ci', password: secret });
  const server = await serve({ redirectTo: thief.url });
  const url = `${server.url}/${basename(world.repository.path)}`;
  await expect(world.git.checkout.resolve(url, 'main', access, never)).rejects.toMatchObject({
    code: 'git_authentication_refused',
  });
  expect(thief.requests.length).toBeGreaterThan(0);
  expect(new Set(thief.authorizations)).toEqual(new Set(['']));
});

test('what a killed server left behind is gone before the next one runs a git', async () => {
  world.repository.commit({ 'a.txt': 'a' });
  const left = join(world.folder, 'cache/credentials/0000');
  mkdirSync(left, { recursive: true });
  writeFileSync(join(left, 'password'), `password=${secret}\n`);
  await world.newGit().checkout.resolve(world.repository.url, 'main', openToAll, never);
  expect(filesHolding('s3cret', world.folder)).toEqual([]);
});

test('errors do not repeat a password', async () => {
  const server = await serve({ user: 'ci', password: 'another' });
  const error = await world.git.checkout
    .resolve(`${server.url}/${basename(world.repository.path)}`, 'main', access, never)
    .catch((reason: unknown) => reason as Error);
  expect(JSON.stringify(error) + (error as Error).message + (error as Error).stack).not.toMatch(recognisable);
});

test.each([401, 403, 500])(
  'a server that repeats what it was sent, with a status of %i, is not quoted',
  async (status) => {
    const talkative = createServer(({ headers: { authorization = '' } }, response) => {
      const login = Buffer.from(authorization.slice('Basic '.length), 'base64').toString();
      const header = { 'content-type': 'text/plain; charset=utf-8', 'www-authenticate': 'Basic realm="git"' };
      response.writeHead(login === '' ? 401 : status, header).end(`${login} and ${authorization} may not`);
    });
    await once(talkative.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(talkative.address() as AddressInfo).port}/x`;
    const error = await world.git.checkout
      .resolve(url, 'main', access, never)
      .catch((reason: unknown) => reason as Error);
    talkative.close();
    expect((error as Error).message).toContain('may not');
    expect(JSON.stringify(error) + (error as Error).message + (error as Error).stack).not.toMatch(recognisable);
  },
);

test('logins of the user that the server runs as are not used', async () => {
  const commit = world.repository.commit({ 'a.txt': 'a' });
  const server = await serve({ user: 'ci', password: 'of-the-user' });
  writeFileSync(join(world.folder, '.netrc'), 'machine 127.0.0.1 login ci password of-the-user\n', { mode: 0o600 });
  vi.stubEnv('HOME', world.folder);
  const repositoryUrl = `${server.url}/${basename(world.repository.path)}`;
  const attempt = world.newGit().checkout.checkOut(world.request(commit, { repositoryUrl }), never);
  await expect(attempt).rejects.toMatchObject({ code: 'git_authentication_missing' });
  expect(new Set(server.authorizations)).toEqual(new Set(['']));
});

test('a password of several lines cannot add to what git is told', async () => {
  const credential = { kind: 'https', username: 'ci', password: new SecretValue('x\nurl=http://evil') } as const;
  const attempt = world.git.checkout.resolve('http://127.0.0.1:1/x', 'main', { ...access, credential }, never);
  await expect(attempt).rejects.toMatchObject({ code: 'git_credential_refused' });
});

test('a credential of the wrong kind is refused before git is asked', async () => {
  await expect(world.git.checkout.resolve('git@127.0.0.1:x', 'main', access, never)).rejects.toMatchObject({
    code: 'git_credential_mismatch',
    message: 'a user name and password cannot open a ssh URL',
  });
});

test('over TLS the server must be one that the machine trusts', async () => {
  const commit = world.repository.commit({ 'a.txt': 'a' });
  const [key, cert] = selfSigned(world.folder);
  const server = await serve({
    user: 'ci',
    password: secret,
    tls: { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') },
  });
  const url = `${server.url}/${basename(world.repository.path)}`;
  await expect(world.git.checkout.resolve(url, 'main', access, never)).rejects.toMatchObject({
    code: 'repository_unreachable',
    message: expect.stringContaining('certificate') as string,
  });
  expect(server.requests).toEqual([]);
  vi.stubEnv('GIT_SSL_CAINFO', cert);
  expect(await world.newGit().checkout.resolve(url, 'main', access, never)).toEqual({ ref: 'refs/heads/main', commit });
});

function selfSigned(folder: string): readonly [key: string, cert: string] {
  const files = [join(folder, 'tls.key'), join(folder, 'tls.crt')] as const;
  const subject = ['-subj', '/CN=danube test', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', [...args, '-keyout', files[0], '-out', files[1], ...subject], { stdio: 'ignore' });
  return files;
}
