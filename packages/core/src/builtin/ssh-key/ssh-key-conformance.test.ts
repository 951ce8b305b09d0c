import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testGitAuthMethod } from '@danube/plugin-api/testing';
import { makeSshKey } from '@danube/test-support/git-ssh-server.js';
import { afterAll, describe, test } from 'vitest';
import { sshKeyPlugin } from './ssh-key-plugin.js';

const folder = mkdtempSync(join(tmpdir(), 'danube-ssh-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = makeSshKey(join(folder, 'key'));
const repository = { url: 'git@git.example.com:team/app.git' };
const [type = '', value = ''] = readFileSync(`${path}.pub`, 'utf8').split(' ');

describe.each([
  ['a key in a file', { private_key_path: path }, {}],
  [
    'a key in a secret',
    { private_key_secret: 'deploy-key', known_hosts: `git.example.com ${type} ${value}\n` },
    { 'deploy-key': readFileSync(path, 'utf8') },
  ],
])('%s', (_, config, secrets) => {
  for (const contribution of sshKeyPlugin(path).gitAuthMethods ?? []) {
    testGitAuthMethod(test, contribution, {
      caches: false,
      prepare: () => Promise.resolve({ config, secrets, repository, kind: 'ssh' }),
    });
  }
});
