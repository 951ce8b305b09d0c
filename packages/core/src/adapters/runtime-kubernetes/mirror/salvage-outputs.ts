import type { ClusterApi } from '../api/cluster-api.js';
import { containers } from '../pod-layout.js';
import { outputFile } from '../../step-supervisor/process-folder.js';
import { podProcessFolder } from '../scripts/pod-process.js';
import type { JobMirror } from './job-mirror.js';

/**
 * Takes into the mirror what the processes of a pod wrote last, through the worker: it outlives a coordinator that was
 * killed, and with it the follow program, by a moment.
 */
export async function salvageOutputs(
  api: Pick<ClusterApi, 'exec'>,
  pod: string,
  mirror: JobMirror,
  signal: AbortSignal,
): Promise<void> {
  const { have } = await mirror.positions();
  for (const [sequence, [stdout, stderr]] of Object.entries(have)) {
    const next = { stdout, stderr };
    const folder = podProcessFolder(Number(sequence));
    const rest = (stream: 'stdout' | 'stderr') => `tail -c +${next[stream] + 1} ${folder}/${outputFile(stream)}`;
    const script = `${rest('stdout')} 2>/dev/null; ${rest('stderr')} >&2 2>/dev/null`;
    const command = ['/bin/sh', '-c', script];
    const exec = await api.exec({ pod, container: containers.worker, command, stdin: false }, signal);
    for await (const { stream, bytes } of exec.output) {
      await mirror.take({ kind: 'output', sequence: Number(sequence), stream, offset: next[stream], bytes });
      next[stream] += bytes.length;
    }
  }
}
