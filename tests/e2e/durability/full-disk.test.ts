import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statfsSync, writeFileSync, writeSync, openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ServedProject } from '@danube/test-support/served-project.js';

const diskMegabytes = 48;
const canMount = mountWorks();
if (!canMount) console.log('skipped: a full disk needs a small tmpfs, and only root may mount one');

const lines = 5_000;

/** Keeps quiet while the disk is full, as its output has nowhere to go then. */
const quiet = `
import os
from danube import step

step.run('seq 1 ${lines}; touch "$MARK.full"; until [ -e "$MARK.freed" ]; do sleep 0.05; done; seq 1 ${lines}', name="wait")
step.run("echo after", name="after", check=True)
`;

/** Prints while there is no room at all, and does not care. */
const careless = `
import os
from danube import step

step.run('touch "$MARK.ready"; until [ -e "$MARK.full" ]; do sleep 0.05; done; seq 1 100; touch "$MARK.printed"; true', name="print")
`;

/** Numbered lines of 300 bytes, more than the disk has room for. */
const greedy = `
from danube import step
step.run("""python3 -c 'for i in range(200_000): print(i, "x" * 300)'""", name="print")
`;

/** Uploads what the disk has no room for, then what it has room for. */
const uploading = `
import os, time
from danube import RequestRefused, artifacts

with open("large", "wb") as file:
    file.write(os.urandom(8 * 1024 * 1024))
open(os.environ["MARK"] + ".ready", "w").close()
while not os.path.exists(os.environ["MARK"] + ".full"):
    time.sleep(0.05)
try:
    artifacts.upload("large", name="large")
except RequestRefused as error:
    print(error)
artifacts.upload("danubefile.py" if os.path.exists("danubefile.py") else "good.py", name="small")
`;

function mountWorks(): boolean {
  return process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
}

describe.skipIf(!canMount)('on a full disk', () => {
  let served: ServedProject;
  let ballast: string;

  beforeAll(async () => {
    served = await ServedProject.start(
      {
        quiet: { file: quiet },
        careless: { file: careless },
        greedy: { file: greedy },
        uploading: { file: uploading },
      },
      {
        // steps and this test meet over files
        isolation: 'none',
        prepare: (dataDir) => execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMegabytes}m`, 'tmpfs', dataDir]),
      },
    );
    ballast = join(served.dataDir, 'ballast');
  });
  afterEach(() => {
    rmSync(ballast, { force: true });
    expect(integrity()).toBe('ok');
    return served.expectServing();
  });
  afterAll(async () => {
    await served.server.kill('SIGTERM');
    execFileSync('umount', [served.dataDir]);
    await served.stop();
  });

  function integrity(): string {
    const program =
      'import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute("pragma integrity_check").fetchone())';
    return execFileSync('python3', ['-c', program, join(served.dataDir, 'danube.db')], { encoding: 'utf8' }).trim();
  }

  /** Leaves so much room, in whole pages. */
  function fillTo(leftBytes: number): void {
    const file = openSync(ballast, 'a');
    const { bavail, bsize } = statfsSync(served.dataDir);
    const piece = Buffer.alloc(bsize);
    for (let left = bavail * bsize; left > leftBytes; left -= bsize) writeSync(file, piece);
    closeSync(file);
  }

  const isFull = () => statfsSync(served.dataDir).bavail === 0;

  test('the server answers, refuses what it cannot store, and jobs go on when there is room', async () => {
    const mark = join(served.folder, 'mark');
    const id = await served.trigger('quiet', { MARK: mark });
    await served.logHas(id, `[wait] [stdout] ${lines}\n`);
    await expect.poll(() => existsSync(`${mark}.full`)).toBe(true);
    fillTo(0);
    expect((await served.server.request('GET', '/health')).status).toBe(200);
    expect((await served.server.request('GET', '/api/v1/jobs')).status).toBe(200);
    expect(await served.server.log(id)).toContain(`[wait] [stdout] ${lines}\n`);
    const refused = await served.server.request('POST', '/api/v1/pipelines/good/trigger', {});
    expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([
      503,
      'database_disk_full',
    ]);

    rmSync(ballast);
    writeFileSync(`${mark}.freed`, '');
    expect((await served.server.ended(id)).status).toBe('success');
    const numbers = Array.from({ length: lines }, (_, n) => `${n + 1}\n`).join('');
    expect((await served.output(id, 'wait')).toString() === numbers + numbers).toBe(true);
  });

  test('a step whose output found no room is no success, even where the command did not care', async () => {
    const mark = join(served.folder, 'careless');
    const id = await served.trigger('careless', { MARK: mark });
    await expect.poll(() => existsSync(`${mark}.ready`)).toBe(true);
    fillTo(0);
    writeFileSync(`${mark}.full`, '');
    await expect.poll(() => existsSync(`${mark}.printed`)).toBe(true);
    rmSync(ballast);
    const job = await served.server.ended(id);
    expect(job).toMatchObject({ status: 'failure', steps: [{ name: 'print', status: 'failure' }] });
    expect(job.steps[0]?.reason).toContain('could not be stored');
  });

  test('an artifact that finds no room is refused with where, and leaves nothing', async () => {
    const mark = join(served.folder, 'uploading');
    const id = await served.trigger('uploading', { MARK: mark });
    await expect.poll(() => existsSync(`${mark}.ready`)).toBe(true);
    fillTo(4 * 1024 * 1024);
    writeFileSync(`${mark}.full`, '');
    expect((await served.server.ended(id)).status).toBe('success');
    const artifacts = join(served.dataDir, 'artifacts');
    expect(await served.server.log(id)).toContain(
      `no room is left in ${artifacts}, where artifacts are kept; free some space (storage_full)`,
    );
    const files = readdirSync(artifacts, { recursive: true, encoding: 'utf8' });
    expect(files.filter((path) => /\.object$|^\.arrivals\//.test(path))).toEqual([
      expect.stringMatching(/small\.tar\.gz\.object$/),
    ]);
  });

  test('a step that fills the disk with its output ends, and the log has all that found room, in order', async () => {
    fillTo(12 * 1024 * 1024);
    const id = await served.trigger('greedy');
    await expect.poll(isFull, { timeout: 15_000 }).toBe(true);
    expect((await served.server.request('GET', '/health')).status).toBe(200);
    rmSync(ballast);
    const job = await served.server.ended(id);
    expect(job.status).toBe('failure');
    const texts = (await served.output(id, 'print')).toString().trimEnd().split('\n').slice(0, -1);
    expect(texts.length).toBeGreaterThan(1_000);
    expect(texts.findIndex((text, i) => text !== `${i} ${'x'.repeat(300)}`)).toBe(-1);
  });
});
