import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockInstance } from './instance-lock.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'danube-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, 'master.lock');
const holder = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
`;

test('a second holder is refused while the first process lives, and let in once it was killed', async () => {
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)']).toString().trim();
  const other = spawn(python, ['-c', holder, path()], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(other.stdout, 'data');
  await expect(lockInstance(path())).rejects.toMatchObject({ code: 'data_dir_in_use' });
  const waiting = lockInstance(path());
  other.kill('SIGKILL');
  await (
    await waiting
  )();
});

test('a released lock can be taken again', async () => {
  await (
    await lockInstance(path())
  )();
  await (
    await lockInstance(path())
  )();
});
