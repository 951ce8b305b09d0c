import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Shell, CheckoutProgramFixture } from '@danube/test-support/checkout-program-fixture.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

describe.each<Shell>(['dash', 'busybox'])('with %s', (shell) => {
  let world: CheckoutProgramFixture;
  let commits: readonly [string, string, string];
  beforeEach(() => {
    world = new CheckoutProgramFixture(shell);
    commits = ['1', '2', '3'].map((text) => world.repository.commit({ 'a.txt': text, 'bin/run': '#!/bin/sh\n' })) as [
      string,
      string,
      string,
    ];
  });
  afterEach(() => world.close());

  test('exactly the commit is there, with as much history as was asked for', async () => {
    world.repository.git('tag', 'v1', commits[0]);
    const repositoryUrl = world.urlAt(await world.serve());
    for (const [depth, history] of [
      [1, 1],
      [2, 2],
      [0, 2],
    ] as const) {
      expect(await world.checkOut(world.request(commits[1], { repositoryUrl, depth }))).toEqual({ warnings: [] });
      expect(world.inWorkspaceFile('a.txt')).toBe('2');
      expect(world.inWorkspace('rev-parse', 'HEAD')).toBe(commits[1]);
      expect(world.inWorkspace('rev-list', '--count', 'HEAD')).toBe(String(history));
      expect(world.inWorkspace('status', '--porcelain')).toBe('');
      expect(world.inWorkspace('for-each-ref', '--format=%(refname)')).toBe(depth === 0 ? 'refs/tags/v1' : '');
      expect(world.inWorkspace('config', 'remote.origin.url')).toBe(repositoryUrl);
      expect(world.leftFiles()).toEqual([]);
    }
    const labels = { auth_method: 'none', status: 'success' };
    expect(world.metrics.get('danube_git_clone_total', labels)).toBe(3);
  });

  test('where the server refuses bare commits, the ref is searched', async () => {
    const repositoryUrl = world.urlAt(await world.serve({ oldProtocol: true }));
    for (const depth of [1, 0]) {
      for (const commit of commits) {
        await world.checkOut(world.request(commit, { repositoryUrl, depth }));
        expect(world.inWorkspace('rev-parse', 'HEAD')).toBe(commit);
      }
    }
    for (const change of [{ commit: 'a'.repeat(40) }, { commit: 'a'.repeat(40), ref: 'refs/heads/gone' }]) {
      await expect(
        world.checkOut({ ...world.request(commits[0], { repositoryUrl }), ...change }),
      ).rejects.toMatchObject({
        code: 'commit_not_found',
        category: 'not_found',
      });
    }
  });

  test('the folder itself stays, what was in it goes, and the group may write what comes', async () => {
    const repositoryUrl = world.urlAt(await world.serve());
    mkdirSync(join(world.workspace, '.git/refs'), { recursive: true });
    for (const name of ['.git/shallow.lock', '.hidden', '-rf', 'a b']) writeFileSync(join(world.workspace, name), '');
    const before = statSync(world.workspace).ino;
    await world.checkOut(world.request(commits[2], { repositoryUrl }));
    expect(statSync(world.workspace).ino).toBe(before);
    expect(readdirSync(world.workspace).sort()).toEqual(['.git', 'a.txt', 'bin']);
    const mode = (path: string) => (statSync(join(world.workspace, path)).mode & 0o777).toString(8);
    expect(['a.txt', 'bin', '.git', '.git/config', '.git/objects'].map(mode)).toEqual([
      '664',
      '775',
      '775',
      '664',
      '775',
    ]);
    expect(existsSync(join(world.workspace, '.git/hooks'))).toBe(false);
  });

  test('a connection that fails is tried again, with longer and longer pauses', async () => {
    const server = await world.serve();
    const request = world.request(commits[0], { repositoryUrl: world.urlAt(server) });
    await server.close();
    world.replaceTool('sleep', 'echo "$1" >>"$HOME/pauses"');
    await expect(world.checkOut(request)).rejects.toMatchObject({
      code: 'repository_unreachable',
      retryable: true,
      message: expect.stringMatching(/127\.0\.0\.1.*can be reached from the pods of jobs$/) as string,
    });
    expect(world.leftFiles()).toContain('gitconfig');
    expect(readFileSync(join(world.home, 'pauses'), 'utf8')).toBe('1\n3\n9\n');
    const labels = { auth_method: 'none', status: 'failure' };
    expect(world.metrics.get('danube_git_clone_total', labels)).toBe(1);
  });

  test('run again after it was killed it starts over, and after a success it says that there is nothing to do it with', async () => {
    let kill = (): void => world.kill();
    const beforeObjects = () => Promise.resolve(kill());
    const request = world.request(commits[0], { repositoryUrl: world.urlAt(await world.serve({ beforeObjects })) });
    await world.deliver(request);
    const killed = await world.run();
    expect(() => world.git.checkoutProgram.read(request, killed)).toThrow(/exit code 137 and left no word/);
    kill = () => undefined;
    expect((await world.run()).exitCode).toBe(0);
    expect(world.inWorkspace('rev-parse', 'HEAD')).toBe(commits[0]);
    const again = await world.run();
    expect(() => world.git.checkoutProgram.read(request, again)).toThrow(/the files of the program are not there/);
  });
});
