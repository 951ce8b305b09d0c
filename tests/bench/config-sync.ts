import { pipelineDocument, teamDocument } from '../support/config-documents.js';
import { median, repeat, type Row, run, time } from './measure.js';
import { createWorld } from './world.js';

const count = 10_000;

/** Bringing 10,000 pipelines into force, then nothing, then one changed pipeline. */
export async function configSync(): Promise<Row[]> {
  const world = await createWorld({ danubefile: '', pipelines: ['one'] });
  try {
    await world.server.start();
    const sync = () => time(() => world.server.json('POST', '/api/v1/config/sync', {}));
    const files = Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`pipelines/p${n}.yaml`, pipelineDocument(`p${n}`, world.project.url)]),
    );
    world.config.commit({ 'teams.yaml': teamDocument(), ...files });
    const first = await sync();
    const unchanged = median(await repeat(9, sync));
    const lsRemote = median(await repeat(9, () => run('git', ['ls-remote', world.config.url, 'refs/heads/main'])));
    world.config.commit({ 'pipelines/p7.yaml': pipelineDocument('p7', world.project.url, { timeout: '5m' }) });
    const one = await sync();
    const clone = run('git', ['clone', '--quiet', '--depth=1', world.config.url, `${world.folder}/clone`]);
    return [
      {
        name: '10,000 pipelines: first sync',
        value: first,
        unit: 'ms',
        floor: clone,
        floorIs: 'git clone of the same commit',
        aim: 'seconds',
      },
      {
        name: '10,000 pipelines: one changed',
        value: one,
        unit: 'ms',
        floor: clone,
        floorIs: 'git clone of the same commit',
      },
      {
        name: '10,000 pipelines: nothing changed',
        value: unchanged,
        unit: 'ms',
        floor: lsRemote,
        floorIs: 'git ls-remote',
        aim: 'next to nothing',
      },
    ];
  } finally {
    await world.dispose();
  }
}
