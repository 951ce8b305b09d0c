import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { InjectionToken } from 'tsyringe';
import { afterEach, expect, test } from 'vitest';
import { Tokens } from '@danube/core/services/tokens.js';
import { TestDanube } from '@danube/test-support/danube.js';

let danube: TestDanube;
afterEach(() => danube.stop());

test('every token resolves, and to the same instance each time', async () => {
  danube = await TestDanube.start('pass\n');
  const { container } = danube.running;
  const unresolved: string[] = [];
  for (const [name, token] of Object.entries(Tokens) as [string, InjectionToken<unknown>][]) {
    if (!container.isRegistered(token)) unresolved.push(name);
    else expect(container.resolve(token), name).toBe(container.resolve(token));
  }
  expect(unresolved).toEqual([]);
});

test('two instances in one process share nothing', async () => {
  danube = await TestDanube.start('pass\n');
  const other = await TestDanube.start('pass\n');
  try {
    for (const [name, token] of Object.entries(Tokens) as [string, InjectionToken<object>][]) {
      const [ours, theirs] = [danube, other].map(({ running }) => running.container.resolve(token));
      if (typeof ours === 'object') expect(ours, name).not.toBe(theirs);
    }
  } finally {
    await other.stop();
  }
});

const hasKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;

test.skipIf(!hasKeygen)(
  'the first start makes the deploy key, the fallback key and the admin token, for nobody else to read',
  async () => {
    danube = await TestDanube.start('pass\n');
    const keys = join(danube.folder, 'data', 'keys');
    const modeOf = (name: string) => (statSync(join(keys, name)).mode & 0o777).toString(8);
    for (const name of ['git_deploy_key', 'git_fallback_key']) {
      expect([modeOf(name), modeOf(`${name}.pub`)], name).toEqual(['600', '644']);
      expect(readFileSync(join(keys, `${name}.pub`), 'utf8')).toMatch(/^ssh-ed25519 /);
    }
    expect(modeOf('admin.token')).toBe('600');
  },
);
