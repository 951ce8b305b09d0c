import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JobBody } from '@danube/test-support/danube-process.js';
import { ServedProject } from '@danube/test-support/served-project.js';
import { onKubernetes } from '@danube/test-support/test-runtime.js';

const kills = Number(process.env['DANUBE_TEST_KILLS'] ?? 12);
const steps = 5;
const linesPerStep = 30;
/** About as long as a job takes. */
const span = onKubernetes ? 3_000 : 1_000;

/** Each step tells that it runs, so that a second run of it is heard, and prints numbered lines. */
const danubefile = `
from danube import step

for i in range(${steps}):
    step.run(
        f'python3 signals.py tell "$MARKS" {i}; for n in $(seq 1 ${linesPerStep}); do echo line-{i}-$n; done; sleep 0.0{i}',
        name=f"step-{i}",
        check=True,
    )
`;

let served: ServedProject;
beforeEach(async () => {
  served = await ServedProject.start({ a: { file: danubefile } }, { syncInterval: '1s' });
});
afterEach(() => served.stop());

interface Outcome {
  readonly job: JobBody;
  readonly missingOrDisordered: number;
  readonly twice: number;
}

/** What the log and the marks say of one job, against what its pipeline file says must be there. */
async function examine(id: string, marks: string): Promise<Outcome> {
  const job = await served.server.job(id);
  const lines = (await served.server.log(id)).split('\n');
  let missingOrDisordered = 0;
  for (let i = 0; i < steps; i += 1) {
    const pattern = new RegExp(`^\\[[^\\]]+\\] \\[step-${i}\\] \\[stdout\\] (line-.*)$`);
    const found = lines.map((line) => pattern.exec(line)?.[1]).filter((text) => text !== undefined);
    const wanted = Array.from({ length: linesPerStep }, (_, n) => `line-${i}-${n + 1}`);
    if (found.join() !== wanted.join()) missingOrDisordered += 1;
  }
  const ran = served.signals.told(marks);
  return { job, missingOrDisordered, twice: ran.length - new Set(ran).size };
}

test(
  `the master is killed ${kills} times at random moments: every job ends once, every line is there once`,
  { timeout: 30_000 + kills * 15_000 },
  async () => {
    const { server, project, config } = served;
    let lost = 0;
    let twice = 0;
    for (let round = 0; round < kills; round += 1) {
      const marks = `marks-${round}`;
      // another commit each round, so that the checkout and a config sync are among what the kill may hit
      project.commit({ note: String(round) });
      config.commit({ note: String(round) });
      const id = await served.trigger('a', { MARKS: marks });
      const after = Math.random() * span;
      await delay(after);
      await server.kill();
      await server.start();
      const job = await server.ended(id);
      const outcome = await examine(id, marks);
      if (job.status !== 'success' || outcome.missingOrDisordered > 0 || outcome.twice > 0) {
        lost += 1;
        console.error(round, after, job, outcome, await server.log(id));
      }
      twice += outcome.twice;
    }
    console.log(`kills ${kills}, lost ${lost}, twice ${twice}`);
    expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
  },
);
