import type { WebSocket } from 'ws';

export interface HeartbeatTimes {
  readonly pingMs: number;
  /** How long nothing may be heard before the connection counts as lost. */
  readonly silenceMs: number;
}

export const standardHeartbeat: HeartbeatTimes = { pingMs: 15_000, silenceMs: 40_000 };

/** Pings the other side of an open socket until that is closed, and tells when nothing comes back. */
export function keepChecking(
  socket: WebSocket,
  { pingMs, silenceMs }: HeartbeatTimes,
  onSilence: (reason: string) => void,
): void {
  const pings = setInterval(() => socket.ping(undefined, undefined, () => undefined), pingMs);
  const silence = setTimeout(() => {
    // while the reader is slow, it is this side that does not listen
    if (socket.isPaused) silence.refresh();
    else onSilence(`nothing was heard for ${silenceMs / 1000} s`);
  }, silenceMs);
  for (const event of ['message', 'ping', 'pong'] as const) socket.on(event, () => silence.refresh());
  socket.on('close', () => {
    clearInterval(pings);
    clearTimeout(silence);
  });
}
