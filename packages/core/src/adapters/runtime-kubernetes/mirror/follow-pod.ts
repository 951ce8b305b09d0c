import type { ClusterApi } from '../api/cluster-api.js';
import type { ExecStream } from '../api/exec-stream.js';
import { containers, mounts, podPaths } from '../pod-layout.js';
import { FrameReader } from './frames.js';
import type { JobMirror } from './job-mirror.js';

/** The follow program gives up a master that says nothing for two minutes. */
const keepAliveMs = 20_000;
/** It says something every ten seconds; the API server answers pings also where the node behind it is gone. */
const silenceMs = 45_000;
const stderrBytes = 4096;

export interface FollowedPod {
  readonly pod: string;
  readonly mirror: JobMirror;
  /** A supervisor ended without an exit record. */
  readonly onGone: (sequence: number) => void;
  /** The stream is up: what failed before does not count any more. */
  readonly onFrame: () => void;
}

/**
 * Takes all that the processes of a pod write into the mirror, over one stream, for as long as that holds.
 * @throws Error when the stream has ended, saying why; DanubeError where it could not be opened
 */
export async function followPod(
  api: Pick<ClusterApi, 'exec'>,
  { pod, mirror, onGone, onFrame }: FollowedPod,
  signal: AbortSignal,
): Promise<never> {
  const command = ['python3', podPaths.followProgram, `${mounts.supervisor}/processes`];
  const stream = await api.exec({ pod, container: containers.coordinator, command, stdin: true }, signal);
  const keepAlive = setInterval(() => void stream.write('\n').catch(() => undefined), keepAliveMs);
  let complaint = '';
  try {
    await stream.write(`${JSON.stringify(await mirror.positions())}\n`);
    const reader = new FrameReader();
    for await (const { stream: name, bytes } of untilSilent(stream)) {
      if (name === 'stderr') {
        complaint = (complaint + bytes.toString()).slice(-stderrBytes);
        continue;
      }
      onFrame();
      for (const frame of reader.push(bytes)) {
        if (frame.kind === 'gone') onGone(frame.sequence);
        else if (frame.kind !== 'beat') await mirror.take(frame);
      }
    }
  } finally {
    clearInterval(keepAlive);
    stream.abort();
  }
  throw new Error(`the stream of its output has ended: ${describe(await stream.end, complaint)}`);
}

async function* untilSilent(stream: ExecStream): ExecStream['output'] {
  let timer: NodeJS.Timeout | undefined;
  const listen = () => {
    timer = setTimeout(() => stream.abort(), silenceMs);
  };
  try {
    listen();
    for await (const chunk of stream.output) {
      clearTimeout(timer);
      // the time that it takes to store a chunk is not the pod's
      yield chunk;
      listen();
    }
  } finally {
    clearTimeout(timer);
  }
}

function describe(end: Awaited<ExecStream['end']>, complaint: string): string {
  if (end.kind === 'lost') return end.reason;
  if (end.kind === 'refused') return end.message;
  const lastLine = complaint.trim().split('\n').at(-1) ?? '';
  return `the follow program ended with exit code ${end.exitCode}${lastLine === '' ? '' : `: ${lastLine}`}`;
}
