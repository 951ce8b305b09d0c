/** How a command in a container ended, as far as the stream told. */
export type ExecEnd =
  | { readonly kind: 'exited'; readonly exitCode: number }
  /** The container runtime did not start it, as when the program is missing. */
  | { readonly kind: 'refused'; readonly message: string }
  /** The stream ended without a word about the command: it may have ended, or still be running. */
  | { readonly kind: 'lost'; readonly reason: string };

interface ExecStatus {
  readonly status?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly message?: string }[] };
}

/** Reads the Status object of the error channel. */
export function readExecEnd(json: string): ExecEnd {
  let status: ExecStatus;
  try {
    status = JSON.parse(json) as ExecStatus;
  } catch {
    return { kind: 'lost', reason: 'the status of the command cannot be read' };
  }
  if (status.status === 'Success') return { kind: 'exited', exitCode: 0 };
  const exitCode = Number(status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message);
  if (Number.isInteger(exitCode)) return { kind: 'exited', exitCode };
  return { kind: 'refused', message: status.message ?? status.reason ?? 'no reason was given' };
}
