import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesHolding, processesShowing } from '@danube/test-support/find-secret.js';
import { hasSshServer } from '@danube/test-support/git-ssh-server.js';
import { PrivateRepositories, password } from '@danube/test-support/private-repositories.js';
import { onKubernetes } from '@danube/test-support/test-runtime.js';

describe.skipIf(!hasSshServer())('jobs of private repositories', () => {
  let world: PrivateRepositories;
  beforeAll(async () => {
    world = await PrivateRepositories.start();
  });
  afterAll(() => world.stop());

  test('a token of a plugin opens one over https, and is nowhere', async () => {
    const shown: string[] = [];
    world.beforeObjects = () => {
      shown.push(...processesShowing(password));
      return Promise.resolve();
    };
    const job = await world.run('over-https');
    expect(job).toMatchObject({ status: 'success' });
    expect(await world.server.log(job.id)).toContain('hello from app');
    expect(shown).toEqual([]);
    expect(filesHolding(password, world.folder)).toEqual([]);
  });

  test('a key of an entry and the fallback key open others over ssh, and stay where they were', async () => {
    for (const name of ['over-ssh', 'with-fallback-key']) {
      const job = await world.run(name);
      expect(job, name).toMatchObject({ status: 'success' });
    }
    const keys = join(world.dataDir, 'keys');
    const [, , line = ''] = readFileSync(join(keys, 'git_fallback_key'), 'utf8').split('\n');
    expect(filesHolding(line, world.dataDir)).toEqual([join(keys, 'git_fallback_key')]);
    expect(filesHolding(world.privateKeyLine, world.dataDir)).toEqual([]);
  });

  test('where nothing matches, trigger and job say what is missing', async () => {
    const words = /No matching git_authentication for repo https:\/\/[\d.]+:\d+\/other.*add an entry/;
    await expect(world.trigger('unmatched')).rejects.toThrow(words);
    const job = await world.run('unmatched', { ref: 'main', commit: 'a'.repeat(40) });
    expect(job).toMatchObject({ status: 'failure', reason: expect.stringMatching(words) as string });
  });

  test('the checkouts are counted by the type of their entry', async () => {
    const metrics = await (await world.server.request('GET', '/metrics')).text();
    const counted = metrics.split('\n').filter((line) => line.startsWith('danube_git_clone_total{'));
    expect(counted.sort()).toEqual([
      'danube_git_clone_total{auth_method="none",status="failure"} 1',
      'danube_git_clone_total{auth_method="none",status="success"} 1',
      'danube_git_clone_total{auth_method="sample_token",status="success"} 1',
      'danube_git_clone_total{auth_method="ssh_key",status="success"} 1',
    ]);
  });

  test('a server that is killed in the middle of a download leaves no token behind once it is back', async () => {
    const commit = world.commitTo('app', { 'new.txt': 'new' });
    const credentials = join(world.dataDir, 'cache/credentials');
    let triggered: (id: string) => void = () => undefined;
    const id = new Promise<string>((resolve) => (triggered = resolve));
    const left = new Promise<readonly string[]>((resolve) => {
      world.beforeObjects = async () => {
        world.beforeObjects = () => Promise.resolve();
        await id;
        await world.server.kill('SIGKILL');
        resolve(filesHolding(password, credentials));
      };
    });
    triggered(await world.trigger('over-https', { ref: 'main', commit }));
    const files = await left;
    // a pod keeps it in its own memory
    expect(files.length > 0).toBe(!onKubernetes);
    await world.server.start();
    expect(await world.server.ended(await id)).toMatchObject({ status: 'success' });
    expect(files.filter((file) => existsSync(file))).toEqual([]);
    await expect.poll(() => (existsSync(credentials) ? readdirSync(credentials) : []), { timeout: 20_000 }).toEqual([]);
  });
});
