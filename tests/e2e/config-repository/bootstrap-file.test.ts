import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runDanube } from '@danube/test-support/run-danube.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'danube-bootstrap-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function serve(toml: string, env: Readonly<Record<string, string>> = {}) {
  const file = join(folder, 'danube.toml');
  writeFileSync(file, toml.replaceAll('$DATA', join(folder, 'data')));
  return runDanube(['serve'], { env: { DANUBE_CONFIG: file, ...env } });
}

test.each([
  ['an unknown key', '[server]\ndata_dirr = "$DATA"\n', /danube\.toml:2:1: .*data_dirr[^]*data_dir/],
  ['an unknown table', '[sever]\nbind_address = "127.0.0.1:0"\n', /danube\.toml:1:\d+: .*sever[^]*server/],
  ['broken syntax', '[server]\nbind_address = "127.0.0.1:0\n', /danube\.toml:2:\d+: /],
  ['a value of the wrong type', '[server]\ndata_dir = 7\n', /danube\.toml:2:\d+: .*data_dir/],
  [
    'a bad duration',
    '[config_repo]\nurl = "/x"\nsync_interval = "soon"\n',
    /danube\.toml:3:\d+: .*sync_interval[^]*90s/,
  ],
  ['a password in a URL', '[server]\npublic_url = "https://u:hidden@h"\n', /danube\.toml:2:\d+: .*public_url/],
])('serve refuses a bootstrap file with %s, and names the place and what is accepted', async (_, toml, message) => {
  const { code, stdout, stderr } = await serve(toml);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at |hidden/m);
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

test('all problems are told at once, of the file and of the environment', async () => {
  const { code, stderr } = await serve('[server]\ndata_dirr = "$DATA"\n[logging]\nformat = "yaml"\n', {
    DANUBE_BIND_ADDRESS: 'nowhere',
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/data_dirr[^]*format|format[^]*data_dirr/);
  expect(stderr).toContain('DANUBE_BIND_ADDRESS');
});
