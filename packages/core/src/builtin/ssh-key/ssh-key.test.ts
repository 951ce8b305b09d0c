import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contribution, type GitAuthMethod, SecretValue } from '@danube/plugin-api';
import { makeSshKey } from '@danube/test-support/git-ssh-server.js';
import { afterAll, expect, test } from 'vitest';
import { sshKeyPlugin } from './ssh-key-plugin.js';

const folder = mkdtempSync(join(tmpdir(), 'danube-ssh-key-'));
const file = (name: string): string => join(folder, name);
const good = makeSshKey(file('good'));
const hostLine = `git.example.com ${readFileSync(`${good}.pub`, 'utf8').trim()}`;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function contribution(): Contribution<object, GitAuthMethod> {
  const [found] = sshKeyPlugin(good).gitAuthMethods ?? [];
  if (found === undefined) throw new Error('the plugin has no method');
  return found;
}

function create(config: object, secrets: Readonly<Record<string, string>> = {}): GitAuthMethod {
  const silent = () => undefined;
  return contribution().create(config, {
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    secret: (name) => Promise.resolve(new SecretValue(secrets[name] ?? '')),
    count: silent,
  });
}

const issue = (method: GitAuthMethod) => method.issueCredential({ url: 'git@h:x' }, new AbortController().signal);

test('without any key of its own an entry uses the fallback key', async () => {
  const credential = await issue(create({}));
  expect(credential).toMatchObject({ kind: 'ssh', knownHosts: undefined });
  expect(credential.kind === 'ssh' && credential.privateKey.reveal()).toBe(readFileSync(good, 'utf8'));
});

test('a key from a secret, with line ends of any system, and known hosts', async () => {
  const text = readFileSync(good, 'utf8').trim().replaceAll('\n', '\r\n');
  const credential = await issue(create({ private_key_secret: 'k', known_hosts: hostLine }, { k: text }));
  expect(credential).toMatchObject({ kind: 'ssh', knownHosts: hostLine });
  expect(credential.kind === 'ssh' && credential.privateKey.reveal()).toBe(readFileSync(good, 'utf8'));
});

test('a key that was exchanged holds from the next checkout on', async () => {
  const path = makeSshKey(file('exchanged'));
  const method = create({ private_key_path: path });
  await issue(method);
  rmSync(path);
  await expect(issue(method)).rejects.toMatchObject({
    code: 'ssh_key_missing',
    message: `SSH key not found at ${path}`,
  });
  makeSshKey(`${path}2`);
  writeFileSync(path, readFileSync(`${path}2`), { mode: 0o600 });
  const credential = await issue(method);
  expect(credential.kind === 'ssh' && credential.privateKey.reveal()).toBe(readFileSync(`${path}2`, 'utf8'));
});

const pem = (...args: string[]): string =>
  execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

test.each([
  ['in OpenSSH form with a passphrase', () => readFileSync(makeSshKey(file('locked'), 'word'), 'utf8'), 'passphrase'],
  [
    'in PKCS#8 with a passphrase',
    () => pem('genpkey', '-algorithm', 'ed25519', '-aes256', '-pass', 'pass:word'),
    'passphrase',
  ],
  [
    'in PEM with a passphrase',
    () => pem('genrsa', '-traditional', '-aes128', '-passout', 'pass:word', '2048'),
    'passphrase',
  ],
  ['the public half', () => readFileSync(`${good}.pub`, 'utf8'), 'public half'],
  ['a certificate', () => '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n', 'no private key'],
  ['empty', () => '', 'no private key'],
  ['too large', () => 'x'.repeat(70_000), 'too large'],
])('a key that is %s is refused', async (_, text, message) => {
  const path = file('refused');
  writeFileSync(path, text(), { mode: 0o600 });
  await expect(issue(create({ private_key_path: path }))).rejects.toMatchObject({
    code: 'ssh_key_unusable',
    category: 'invalid',
    message: expect.stringMatching(`^the SSH key ${path} .*${message}`) as string,
  });
});

test.each([
  ['genrsa', ['genrsa', '-traditional', '2048']],
  ['pkcs8', ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']],
  ['ec', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout']],
])('a %s key in PEM form is taken', async (name, args) => {
  writeFileSync(file(name), pem(...args), { mode: 0o600 });
  expect(await issue(create({ private_key_path: file(name) }))).toMatchObject({ kind: 'ssh' });
});

test('a file that others can read is refused, and a folder is none', async () => {
  const path = makeSshKey(file('open'));
  for (const mode of [0o640, 0o604, 0o620]) {
    chmodSync(path, mode);
    await expect(issue(create({ private_key_path: path }))).rejects.toMatchObject({
      code: 'ssh_key_unusable',
      message: expect.stringContaining('chmod 600') as string,
    });
  }
  mkdirSync(file('folder'), { mode: 0o700 });
  await expect(issue(create({ private_key_path: file('folder') }))).rejects.toMatchObject({ code: 'ssh_key_unusable' });
});

test.each(['', 'only-a-host', 'host ssh-ed25519', '# comment only', `${hostLine}\nnonsense`])(
  'known_hosts of %j is refused when the entry is read',
  (text) => {
    expect(() => create({ known_hosts: text })).toThrow(/known_hosts must be lines/);
  },
);

test('comments, markers and several hosts in known_hosts are taken', () => {
  const [, type, value] = hostLine.split(' ');
  const text = `# ours\n\n${hostLine}\n@cert-authority *.example.com ${type} ${value}\n[h]:2222,1.2.3.4 ${type} ${value} note\n`;
  expect(() => create({ known_hosts: text })).not.toThrow();
});
