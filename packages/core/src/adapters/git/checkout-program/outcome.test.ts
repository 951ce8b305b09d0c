import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { CheckoutProgramFixture } from '@danube/test-support/checkout-program-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

let world: CheckoutProgramFixture;
let commit: string;
beforeEach(() => {
  world = new CheckoutProgramFixture();
  commit = world.repository.commit({ 'a.txt': 'a' });
});
afterEach(() => world.close());

test('what a URL and a ref may hold is no command', async () => {
  const server = await world.serve({ oldProtocol: true });
  const command = "$(touch${IFS}$HOME/PWNED)';touch${IFS}$HOME/PWNED;`touch${IFS}$HOME/PWNED`";
  world.repository.git('branch', command.replaceAll('/PWNED', '-PWNED'));
  const ref = `refs/heads/${command.replaceAll('/PWNED', '-PWNED')}`;
  const older = world.request(commit, { repositoryUrl: world.urlAt(server), ref });
  await world.checkOut({ ...older, commit: world.repository.git('rev-parse', ref).trim() });
  const odd = world.request(commit, { repositoryUrl: `${server.url}/${command}` });
  await expect(world.checkOut(odd)).rejects.toMatchObject({ code: 'repository_unreachable' });
  expect(server.requests.at(-1)).toContain('touch');
  expect(existsSync(`${world.home}/PWNED`) || existsSync(`${world.home}-PWNED`)).toBe(false);
});

test('it is short plain text, whatever git says', async () => {
  world.replaceTool('git', `printf 'fatal: \\303\\274 \\\\ "\\n'; head -c 3000 /dev/zero | tr '\\0' '"'; exit 128`);
  await world.deliver(world.request(commit, { repositoryUrl: 'https://example.com/app' }));
  const { exitCode, message } = await world.run();
  expect(exitCode).toBe(1);
  expect(message.length).toBeLessThanOrEqual(4000);
  expect(message).toMatch(/^[ -~]*\n$/);
  expect(JSON.parse(message)).toMatchObject({ phase: 'prepare', stderr: expect.stringMatching(/"+\n$/) as string });
});

test.skipIf(process.getuid?.() !== 0)('a workspace that is too small is named as such', async () => {
  const files = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, randomBytes(300_000).toString('hex')]));
  const large = world.repository.commit(files);
  const repositoryUrl = world.urlAt(await world.serve());
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', world.workspace]);
  try {
    await expect(world.checkOut(world.request(large, { repositoryUrl }))).rejects.toMatchObject({
      code: 'workspace_full',
      category: 'invalid',
    });
    await world.checkOut(world.request(commit, { repositoryUrl }));
    expect(world.inWorkspaceFile('a.txt')).toBe('a');
  } finally {
    execFileSync('umount', [world.workspace]);
  }
});

test('a commit with a file of a name that no folder holds is refused as such', async () => {
  const blob = world.repository.git('rev-parse', 'HEAD:a.txt').trim();
  const tree = `${world.folder}/tree`;
  writeFileSync(tree, Buffer.concat([Buffer.from(`100644 ${'x'.repeat(300)}\0`), Buffer.from(blob, 'hex')]));
  const root = world.repository.git('hash-object', '-t', 'tree', '-w', tree).trim();
  const odd = world.repository.git('commit-tree', '-m', 'odd', root).trim();
  world.repository.git('update-ref', 'refs/heads/main', odd);
  const repositoryUrl = world.urlAt(await world.serve());
  await expect(world.checkOut(world.request(odd, { repositoryUrl }))).rejects.toMatchObject({
    code: 'commit_unusable',
  });
});
