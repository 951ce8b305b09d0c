import { DanubeError, isDanubeError } from '@danube/plugin-api';
import pRetry, { AbortError } from 'p-retry';
import type { ClusterApi } from '../api/cluster-api.js';
import { runInPod, type ScriptRequest } from '../api/run-in-pod.js';

/**
 * Runs a script that may run twice in a container, until it is known to have run: a stream that breaks says nothing of the
 * script, and a container that is about to start or to be started again refuses it.
 * @throws DanubeError `pod_script_failed` with the script's words, `kubernetes_forbidden`; the signal's reason
 */
export async function deliver(
  api: Pick<ClusterApi, 'exec'>,
  request: ScriptRequest,
  signal: AbortSignal,
  retries = Number.POSITIVE_INFINITY,
): Promise<void> {
  await pRetry(() => deliverOnce(api, request, signal), {
    signal,
    retries,
    minTimeout: 100,
    maxTimeout: 3000,
    randomize: true,
    shouldRetry: ({ error }) => !isDanubeError(error) || error.category !== 'forbidden',
  });
}

async function deliverOnce(api: Pick<ClusterApi, 'exec'>, request: ScriptRequest, signal: AbortSignal): Promise<void> {
  const { end, stderr } = await runInPod(api, request, signal);
  if (end.kind === 'lost') throw new Error(end.reason);
  if (end.kind === 'refused') throw new Error(end.message);
  if (end.exitCode !== 0) throw new AbortError(scriptFailed(request.container, end.exitCode, stderr));
}

function scriptFailed(container: string, exitCode: number, stderr: string): DanubeError {
  const words = stderr.trim() === '' ? `exit code ${exitCode}` : stderr.trim().slice(-500);
  const message = `a script of Danube failed in the container "${container}": ${words}; it needs sh, cat, mkdir, mv and mkfifo, and room in the pod's volumes`;
  return new DanubeError('pod_script_failed', message, { category: 'invalid' });
}
