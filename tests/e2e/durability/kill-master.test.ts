import { mkdtempSync, mkdirSync, readFileSync, existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pipelineDocument, teamDocument } from '@danube/test-support/config-documents.js';
import { DanubeProcess, type JobBody } from '@danube/test-support/danube-process.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';

const kills = Number(process.env['DANUBE_TEST_KILLS'] ?? 12);
const steps = 5;
const linesPerStep = 30;

/** Each step says so in a file outside the job, so that a second run of it is seen, and prints numbered lines. */
const danubefile = `
import os
from danube import step

marks = os.environ["MARKS"]
for i in range(${steps}):
    step.run(
        f"echo {i} >> {marks}; for n in $(seq 1 ${linesPerStep}); do echo line-{i}-$n; done; sleep 0.0{i}",
        name=f"step-{i}",
        check=True,
    )
`;

let folder: string;
let server: DanubeProcess;
let project: GitRepository;
let config: GitRepository;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'danube-kill-'));
  mkdirSync(join(folder, 'data'));
  project = new GitRepository(join(folder, 'project'));
  project.commit({ 'danubefile.py': danubefile });
  config = new GitRepository(join(folder, 'config'));
  config.commit({ 'teams.yaml': teamDocument(), 'pipelines/a.json': pipelineDocument('a', project.url) });
  server = await DanubeProcess.create(join(folder, 'data'), config.url, { DANUBE_CONFIG_REPO_SYNC_INTERVAL: '1s' });
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly job: JobBody;
  readonly missingOrDisordered: number;
  readonly twice: number;
}

/** What the log and the marks say of one job, against what its pipeline file says must be there. */
async function examine(id: string, marks: string): Promise<Outcome> {
  const job = await server.job(id);
  const lines = (await server.log(id)).split('\n');
  let missingOrDisordered = 0;
  for (let i = 0; i < steps; i += 1) {
    const pattern = new RegExp(`^\\[[^\\]]+\\] \\[step-${i}\\] \\[stdout\\] (line-.*)$`);
    const found = lines.map((line) => pattern.exec(line)?.[1]).filter((text) => text !== undefined);
    const wanted = Array.from({ length: linesPerStep }, (_, n) => `line-${i}-${n + 1}`);
    if (found.join() !== wanted.join()) missingOrDisordered += 1;
  }
  const ran = existsSync(marks) ? readFileSync(marks, 'utf8').trim().split('\n') : [];
  return { job, missingOrDisordered, twice: ran.length - new Set(ran).size };
}

test(
  `the master is killed ${kills} times at random moments: every job ends once, every line is there once`,
  { timeout: 30_000 + kills * 10_000 },
  async () => {
    await server.start();
    let lost = 0;
    let twice = 0;
    for (let round = 0; round < kills; round += 1) {
      const marks = join(folder, `marks-${round}`);
      // another commit each round, so that the checkout and a config sync are among what the kill may hit
      project.commit({ note: String(round) });
      config.commit({ note: String(round) });
      const { id } = await server.json<{ id: string }>('POST', '/api/v1/pipelines/a/trigger', {
        env: { MARKS: marks },
      });
      await delay(Math.random() * 700);
      await server.kill();
      await server.start();
      const job = await server.ended(id);
      const outcome = await examine(id, marks);
      if (job.status !== 'success' || outcome.missingOrDisordered > 0) {
        lost += 1;
        console.error(round, job, outcome, await server.log(id));
      }
      twice += outcome.twice;
    }
    console.log(`kills ${kills}, lost ${lost}, twice ${twice}`);
    expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
  },
);
