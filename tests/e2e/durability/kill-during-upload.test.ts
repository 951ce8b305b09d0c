import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServedProject } from '@danube/test-support/served-project.js';

const kills = Number(process.env['DANUBE_TEST_KILLS'] ?? 4);
const megabytes = 50;
/** About as long as an upload and a download take. */
const span = 800;

const danubefile = `
import hashlib, os
from danube import artifacts

def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else hashlib.sha256(file.read()).hexdigest()

with open("big", "wb") as file:
    for _ in range(${megabytes}):
        file.write(os.urandom(1024 * 1024))
print("uploading", flush=True)
artifacts.upload("big", name="big")
artifacts.download("big", "back")
assert digest("big") == digest("back/big")
`;

let served: ServedProject;
beforeEach(async () => {
  served = await ServedProject.start({ upload: { file: danubefile } });
});
afterEach(() => served.stop());

const folder = () => join(served.dataDir, 'artifacts');
const names = (at: string) => readdirSync(at, { recursive: true, encoding: 'utf8' });
const objects = () => names(folder()).filter((path) => path.endsWith('.object'));
const arrivals = () => readdirSync(join(folder(), '.arrivals'));

function looseRows(): number {
  const program =
    'import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM loose_objects").fetchone())';
  return Number(execFileSync('python3', ['-c', program, join(served.dataDir, 'danube.db')], { encoding: 'utf8' }));
}

/** Some of it has arrived, and not all. */
async function isHalfWay(): Promise<void> {
  const size = (name: string) => statSync(join(folder(), '.arrivals', name), { throwIfNoEntry: false })?.size ?? 0;
  await expect.poll(() => arrivals().some((name) => size(name) > 0), { interval: 2, timeout: 20_000 }).toBe(true);
}

test(
  `the master is killed ${kills} times while an artifact is stored: the job has it as a whole, and nothing is left over`,
  { timeout: 30_000 + kills * 20_000 },
  async () => {
    const { server } = served;
    for (let round = 0; round < kills; round += 1) {
      served.project.commit({ note: String(round) });
      const id = await served.trigger('upload');
      await served.logHas(id, 'uploading');
      if (round === 0) await isHalfWay();
      else await delay(Math.random() * span);
      await server.kill();
      await server.start();
      const job = await server.ended(id);
      expect(job.status, await server.log(id)).toBe('success');
      const answer = await server.request('GET', `/api/v1/jobs/${id}/artifacts/big`);
      const content = Buffer.from(await answer.arrayBuffer());
      expect(`"${createHash('sha256').update(content).digest('hex')}"`).toBe(answer.headers.get('etag'));
      expect(content.length).toBeGreaterThan(megabytes * 1024 * 1024);
      // a start cleans up beside the jobs that it takes up
      await expect
        .poll(() => ({ objects: objects().length, arrivals: arrivals().length, loose: looseRows() }), {
          timeout: 10_000,
        })
        .toEqual({ objects: round + 1, arrivals: 0, loose: 0 });
    }
  },
);
