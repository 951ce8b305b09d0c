import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SecretValue } from '@danube/plugin-api';
import { type Shell, CheckoutProgramFixture } from '@danube/test-support/checkout-program-fixture.js';
import { filesHolding, processesShowing } from '@danube/test-support/find-secret.js';
import { type GitSshServer, hasSshServer, makeSshKey, startGitSshServer } from '@danube/test-support/git-ssh-server.js';
import { makeCertificate } from '@danube/test-support/private-repositories.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RepositoryAccess } from '../../../services/ports/source-checkout.js';

/** Typical of what breaks quoting, and encoded differently wherever it is encoded. */
const password = `s3cret"'$(x)\\ %41:/@ü`;
const traces = ['s3cret', 'czNjcmV0', 'OnMzY3Jl', '6czNjcm'];
const withPassword = (secret: string): RepositoryAccess => ({
  authMethod: 'sample_token',
  credential: { kind: 'https', username: 'ci', password: new SecretValue(secret) },
});
let world: CheckoutProgramFixture;
let commit: string;
beforeEach(() => {
  world = new CheckoutProgramFixture();
  commit = world.repository.commit({ 'a.txt': 'a' });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await world.close();
});

describe('with a password', () => {
  test('no process shows it, only its own file holds it, and that goes', async () => {
    const shown: string[] = [];
    const holding: string[] = [];
    const beforeObjects = () => {
      shown.push(...traces.flatMap(processesShowing));
      holding.push(...traces.flatMap((trace) => filesHolding(trace, world.folder)));
      return Promise.resolve();
    };
    const server = await world.serve({ user: 'ci', password, beforeObjects });
    const request = world.request(commit, { repositoryUrl: world.urlAt(server), access: withPassword(password) });
    await world.deliver(request);
    const outcome = await world.run();
    expect(world.git.checkoutProgram.read(request, outcome)).toEqual({ warnings: [] });
    expect(world.inWorkspaceFile('a.txt')).toBe('a');
    expect(shown).toEqual([]);
    expect(new Set(holding)).toEqual(new Set(['password', 'unspeakable'].map((name) => join(world.files, name))));
    expect(traces.flatMap((trace) => filesHolding(trace, world.folder))).toEqual([]);
    expect(outcome.message).toBe('{"phase":"done","warnings":[],"stderr":""}\n');
    expect(world.metrics.get('danube_git_clone_total', { auth_method: 'sample_token', status: 'success' })).toBe(1);
  });

  test.each<Shell>(['dash', 'busybox'])('a server that repeats it is not quoted, with %s', async (shell) => {
    const pod = new CheckoutProgramFixture(shell);
    const talkative = createServer(({ headers: { authorization = '' } }, response) => {
      const sent = Buffer.from(authorization.slice('Basic '.length), 'base64').toString();
      const header = { 'content-type': 'text/plain; charset=utf-8', 'www-authenticate': 'Basic realm="git"' };
      response.writeHead(sent === '' ? 401 : 403, header).end(`not for you\n${sent}\n${authorization}\n`);
    });
    await once(talkative.listen(0, '127.0.0.1'), 'listening');
    const repositoryUrl = `http://127.0.0.1:${(talkative.address() as AddressInfo).port}/x`;
    await pod.deliver(pod.request(commit, { repositoryUrl, access: withPassword(password) }));
    const { message } = await pod.run();
    talkative.close();
    await pod.close();
    expect(message).toContain('not for you');
    for (const trace of traces) expect(message).not.toContain(trace);
  });

  test('a wrong one is named as such, at once, and is not in the outcome', async () => {
    const server = await world.serve({ user: 'ci', password: 'another' });
    const request = world.request(commit, { repositoryUrl: world.urlAt(server), access: withPassword(password) });
    world.replaceTool('sleep', 'touch "$HOME/slept"');
    await world.deliver(request);
    const outcome = await world.run();
    expect(() => world.git.checkoutProgram.read(request, outcome)).toThrow(
      /does not accept the credential \(sample_token\): .*Authentication failed/,
    );
    expect(readdirSync(world.home)).toEqual([]);
    for (const trace of traces) expect(outcome.message).not.toContain(trace);
  });

  test('a server that sends on to another one does not give it away', async () => {
    const thief = await world.serve({ user: 'ci', password });
    const repositoryUrl = world.urlAt(await world.serve({ redirectTo: thief.url }));
    const attempt = world.checkOut(world.request(commit, { repositoryUrl, access: withPassword(password) }));
    await expect(attempt).rejects.toMatchObject({ code: 'git_authentication_refused' });
    expect(new Set(thief.authorizations)).toEqual(new Set(['']));
  });

  test('authorities that git on the master is told to trust are trusted in the pod', async () => {
    const [key, cert] = [join(world.folder, 'tls.key'), join(world.folder, 'tls.crt')];
    makeCertificate(key, cert);
    const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
    const repositoryUrl = world.urlAt(await world.serve({ user: 'ci', password, tls }));
    const request = world.request(commit, { repositoryUrl, access: withPassword(password) });
    await expect(world.checkOut(request)).rejects.toThrow(/certificate/);
    vi.stubEnv('GIT_SSL_CAINFO', cert);
    expect(await world.checkOut(request)).toEqual({ warnings: [] });
    expect(world.leftFiles()).toEqual([]);
  });

  test('a private repository that no entry matches is named as such', async () => {
    const repositoryUrl = world.urlAt(await world.serve({ user: 'ci', password }));
    await expect(world.checkOut(world.request(commit, { repositoryUrl }))).rejects.toMatchObject({
      code: 'git_authentication_missing',
    });
  });
});

describe.skipIf(!hasSshServer())('with a key', () => {
  let server: GitSshServer;
  beforeAll(async () => {
    server = await startGitSshServer();
    server.authorize(readFileSync(`${makeSshKey(join(server.folder, 'known'))}.pub`, 'utf8'));
    makeSshKey(join(server.folder, 'stranger'));
  });
  afterAll(() => server.close());

  const request = (key: string, knownHosts?: string) => {
    const privateKey = new SecretValue(readFileSync(join(server.folder, key), 'utf8'));
    return world.request(commit, {
      repositoryUrl: `${server.url}${encodeURI(world.repository.path)}`,
      access: { authMethod: 'ssh_key', credential: { kind: 'ssh', privateKey, knownHosts } },
    });
  };
  const learn = (line: string) => {
    mkdirSync(dirname(world.knownHosts), { recursive: true });
    writeFileSync(world.knownHosts, line);
  };

  test('the hosts that the master has learnt are known, and nothing of the key is left', async () => {
    learn(server.hostLine);
    const before = request('known');
    await world.checkOut(before);
    expect(world.inWorkspaceFile('a.txt')).toBe('a');
    expect(world.leftFiles()).toEqual([]);
    expect(filesHolding('OPENSSH PRIVATE KEY', world.folder)).toEqual([]);
  });

  test('a host that the master has not met is believed, but not learnt', async () => {
    await world.checkOut(request('known'));
    expect(world.inWorkspaceFile('a.txt')).toBe('a');
    expect(() => readFileSync(world.knownHosts)).toThrow('ENOENT');
  });

  test('another host key than the learnt one is refused', async () => {
    const otherKey = readFileSync(join(server.folder, 'known.pub'), 'utf8');
    learn(`${server.hostLine.split(' ')[0]} ${otherKey}`);
    await expect(world.checkOut(request('known'))).rejects.toMatchObject({
      code: 'git_host_key_refused',
      message: expect.stringMatching(
        /another host key than the one in keys\/git_known_hosts.*It shows SHA256:/,
      ) as string,
    });
  });

  test('given hosts decide alone', async () => {
    learn(server.hostLine);
    const other = server.hostLine.replace('[127.0.0.1]', '[127.0.0.2]');
    await expect(world.checkOut(request('known', other))).rejects.toMatchObject({
      code: 'git_host_key_refused',
      message: expect.stringContaining('is not in known_hosts of the git_authentication entry') as string,
    });
    await world.checkOut(request('known', server.hostLine));
  });

  test('a key that the server does not know is refused', async () => {
    await expect(world.checkOut(request('stranger'))).rejects.toMatchObject({ code: 'git_authentication_refused' });
  });
});
