import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseClaim, parseExitRecord } from './records.js';
import { renderCommand, renderEnvironment } from './render-files.js';
import { supervisorArguments } from './supervisor-script.js';

const shells = [['sh'], ['dash'], ['busybox', 'sh'], ['bash', '--posix']] as const;
const present = shells.filter(([program]) => spawnSync(program, ['-c', 'true']).error === undefined);
const startedAt = 1_700_000_000_000;

describe.each(present)('the supervisor under %s %s', (program, ...options) => {
  let root: string;
  let folder: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'danube-supervisor-'));
    folder = join(root, 'process');
    mkdirSync(folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true, force: true });
  });

  const read = (file: string) => readFileSync(join(folder, file), 'utf8');

  function begin(command: string, env: Readonly<Record<string, string>> = {}) {
    writeFileSync(join(folder, 'env'), renderEnvironment(env));
    writeFileSync(join(folder, 'command'), renderCommand(command));
    return supervise();
  }

  function supervise() {
    const args = [...options.filter((option) => option !== undefined), ...supervisorArguments(folder, root, startedAt)];
    return spawn(program, args, { stdio: 'ignore', detached: true });
  }

  test('keeps output, exit code and times', async () => {
    await once(begin('pwd; echo err >&2; sleep 0.3; exit 3'), 'exit');
    expect([read('out'), read('err')]).toEqual([`${root}\n`, 'err\n']);
    const record = parseExitRecord(read('exit'));
    expect(record).toMatchObject({ kind: 'exited', exitCode: 3, startedAt });
    expect(record?.finishedAt).toBeGreaterThanOrEqual(startedAt + 290);
    expect(record?.finishedAt).toBeLessThan(startedAt + 20_000);
  });

  test('claims with its own number, start and boot, and never a second time', async () => {
    const first = begin('cat /proc/$PPID/stat; sleep 0.1');
    const second = supervise();
    await Promise.all([once(first, 'exit'), once(second, 'exit')]);
    await once(supervise(), 'exit');
    const [stat, ...others] = read('out').trim().split('\n');
    expect(others).toEqual([]);
    const claim = parseClaim(read('claim'));
    expect([first.pid, second.pid]).toContain(claim?.pid);
    expect(stat?.split(' ')[0]).toBe(String(claim?.pid));
    expect(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]).toBe(claim?.startTicks);
    expect(claim?.bootId).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  });

  test('records the end of a command that a signal to the whole group ends', async () => {
    const watcher = watch(folder);
    const child = begin('echo up; sleep 1000');
    while (!existsSync(join(folder, 'out')) || read('out') === '') await once(watcher, 'change');
    watcher.close();
    const ended = once(child, 'exit');
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    await ended;
    expect(parseExitRecord(read('exit'))).toMatchObject({ exitCode: 143 });
  });

  test('passes on every value as it is, and lets the shell keep the variables that it owns', async () => {
    const values = [`it's`, '"$(exit 1)"', 'a\n\n b\t', '', '\\', `'`, '*'];
    const env = Object.fromEntries(values.map((value, i) => [`V${i}`, value]));
    const names = values.map((_, i) => `"$V${i}"`).join(' ');
    await once(
      begin(`printf '%s|' ${names} "$code" "$AFTER"`, { ...env, code: 'own', UID: '5', AFTER: 'set' }),
      'exit',
    );
    expect(read('out')).toBe([...values, 'own', 'set', ''].join('|'));
    expect(parseExitRecord(read('exit'))).toMatchObject({ exitCode: 0 });
  });

  test('loses nothing where a command opens its own output again', async () => {
    const command = 'echo a; echo b | tee /dev/stderr; echo c >/dev/stderr; echo d >&2; echo e >/dev/stdout; echo f';
    await once(begin(command), 'exit');
    expect([read('out'), read('err')]).toEqual(['a\nb\ne\nf\n', 'b\nc\nd\n']);
  });

  test('records the end after the last output is in its file, however slowly it is copied', async () => {
    const slowly = '#!/bin/sh\ni=0; while [ $i -lt 30000 ]; do i=$((i + 1)); done; exec /bin/cat';
    writeFileSync(join(root, 'cat'), slowly, { mode: 0o755 });
    vi.stubEnv('PATH', `${root}:${process.env['PATH']}`);
    await once(begin('echo end; echo failed >&2'), 'exit');
    expect([read('out'), read('err')]).toEqual(['end\n', 'failed\n']);
  });

  test('does not wait for a daemon that keeps the output open, and has all that the command said', async () => {
    await once(begin('sleep 1000 & echo $!; head -c 1000000 /dev/zero; echo; echo end'), 'exit');
    const output = read('out');
    process.kill(Number(output.split('\n')[0]), 'SIGKILL');
    expect([output.length > 1_000_000, output.slice(-5)]).toEqual([true, '\nend\n']);
  });

  test('can be seen to be gone although its command lives on', async () => {
    const watcher = watch(folder);
    const child = begin('echo $$; exec sleep 1000');
    while (!existsSync(join(folder, 'out')) || read('out') === '') await once(watcher, 'change');
    watcher.close();
    const alive = openSync(join(folder, 'alive'), constants.O_RDONLY | constants.O_NONBLOCK);
    const readAlive = () => readSync(alive, Buffer.alloc(1));
    expect(readAlive).toThrow('EAGAIN');
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    expect(readAlive()).toBe(0);
    closeSync(alive);
    process.kill(Number(read('out')), 'SIGKILL');
  });

  test('records the failure of a command that cannot start', async () => {
    rmSync(join(folder, 'env'), { force: true });
    writeFileSync(join(folder, 'command'), 'exit 0\n');
    await once(supervise(), 'exit');
    expect(parseExitRecord(read('exit'))?.exitCode).not.toBe(0);
    expect(read('err')).not.toBe('');
  });
});
