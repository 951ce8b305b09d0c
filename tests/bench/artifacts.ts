import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Row, run } from './measure.js';
import { createWorld, triggerToEnd } from './world.js';

const gigabytes = Number(process.env['DANUBE_BENCH_ARTIFACT_GB'] ?? 1);

/** Prints how long each transfer of one file took, which does not compress, as most of what builds make. */
const danubefile = `
import os, time
from danube import artifacts

def measure(what, work):
    begin = time.monotonic()
    work()
    print(what, time.monotonic() - begin, flush=True)

piece = os.urandom(1024 * 1024)
with open("big", "wb") as file:
    for _ in range(${gigabytes} * 1024):
        file.write(piece)
measure("upload", lambda: artifacts.upload("big", name="big"))
measure("download", lambda: artifacts.download("big", "back"))
`;

/** One artifact to the server and back, against copying a file of that size on the same disk. */
export async function artifacts(): Promise<Row[]> {
  const world = await createWorld({ danubefile, pipelines: ['artifacts'] });
  try {
    await world.server.start();
    const before = peakMegabytes(world.server.pid);
    const id = await triggerToEnd(world.server, 'artifacts');
    const log = await world.server.log(id);
    const seconds = (what: string) => Number(new RegExp(`\\[stdout\\] ${what} ([0-9.]+)$`, 'm').exec(log)?.[1]);
    const floor = copySeconds(world.folder);
    const row = { unit: 's', floor, floorIs: 'cp, with sync' };
    return [
      { name: `upload of ${gigabytes} GB`, value: seconds('upload'), ...row },
      { name: `download of ${gigabytes} GB, unpacked`, value: seconds('download'), ...row },
      {
        name: `server's memory at its peak, with ${gigabytes} GB each way`,
        value: peakMegabytes(world.server.pid),
        unit: 'MB',
        floor: before,
        floorIs: 'before',
        aim: 'the same for any size',
      },
    ];
  } finally {
    await world.dispose();
  }
}

function copySeconds(folder: string): number {
  const big = join(folder, 'big');
  run('sh', ['-c', `head -c ${gigabytes * 1024 ** 3} /dev/urandom > "$0"`, big]);
  const copy = `${big}.copy`;
  const milliseconds = run('sh', ['-c', 'cp --reflink=never "$0" "$1" && sync "$1"', big, copy]);
  for (const path of [big, copy]) if (existsSync(path)) rmSync(path);
  return milliseconds / 1000;
}

/** The most that a process has had in memory so far, in MB. */
function peakMegabytes(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
