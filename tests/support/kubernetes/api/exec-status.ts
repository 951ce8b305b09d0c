import type { Status } from './status.js';

export type ExecProtocol = 'v5.channel.k8s.io' | 'v4.channel.k8s.io';

/** What the error channel says at the end of an exec. */
export function exitStatus(protocol: ExecProtocol, command: readonly string[], code: number): Status {
  if (code === 0) return { metadata: {}, status: 'Success' };
  const how =
    protocol === 'v5.channel.k8s.io'
      ? `command terminated with exit code ${code}`
      : `error executing command [${command.join(' ')}], exit code ${code}`;
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: ${how}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}

/** The program could not be started; with v5 the API server wraps what the kubelet has wrapped already. */
export function startFailure(protocol: ExecProtocol, execId: string, error: string): Status {
  const cause = `error executing command in container: failed to exec in container: failed to start exec "${execId}": OCI runtime exec failed: exec failed: unable to start container process: ${error}: unknown`;
  return internalError(protocol === 'v5.channel.k8s.io' ? `Internal error occurred: ${cause}` : cause);
}

export function notRunning(container: string): Status {
  return internalError(`unable to upgrade connection: container not found ("${container}")`);
}

function internalError(cause: string): Status {
  return {
    metadata: {},
    status: 'Failure',
    message: `Internal error occurred: ${cause}`,
    reason: 'InternalError',
    details: { causes: [{ message: cause }] },
    code: 500,
  };
}
