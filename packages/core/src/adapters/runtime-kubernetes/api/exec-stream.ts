import { Readable } from 'node:stream';
import { DanubeError } from '@danube/plugin-api';
import type { WebSocket } from 'ws';
import { type ExecEnd, readExecEnd } from './exec-end.js';
import { type HeartbeatTimes, keepChecking } from './heartbeat.js';

export interface ExecChunk {
  readonly stream: 'stdout' | 'stderr';
  /** May begin and end in the middle of a character. */
  readonly bytes: Buffer;
}

/** A command that runs in a container, for as long as the connection holds. */
export interface ExecStream {
  /** To be read: `end` comes after it. Its reader's pace is obeyed; leaving the loop early aborts. Ends, never throws. */
  readonly output: AsyncIterable<ExecChunk>;
  /**
   * Writes to the standard input; resolves when the bytes have left.
   * @throws DanubeError `kubernetes_unavailable` when the connection has ended.
   */
  write(bytes: Buffer | string): Promise<void>;
  /** Ends the standard input where the server can do that (v5); elsewhere nothing happens. */
  closeInput(): void;
  /** Never rejects. */
  readonly end: Promise<ExecEnd>;
  /** Cuts the connection. The command itself may go on. */
  abort(): void;
}

const channels = { input: 0, output: 1, error: 2, status: 3, close: 255 } as const;
const inputChunk = 32 * 1024;
/** How many frames wait for the reader; servers send at most 32 KiB in one. */
const waitingFrames = 16;

/** {@link ExecStream} over the subprotocols v5 and v4.channel.k8s.io. To be made as soon as the socket is open. */
export class WebSocketExecStream implements ExecStream {
  readonly end: Promise<ExecEnd>;
  readonly #output: Readable;
  #end: ExecEnd | undefined;
  #lossReason = 'the connection was closed before the command ended';

  constructor(
    private readonly socket: WebSocket,
    times: HeartbeatTimes,
    signal: AbortSignal,
  ) {
    this.#output = new Readable({
      objectMode: true,
      highWaterMark: waitingFrames,
      read: () => socket.resume(),
      destroy: (error, done) => {
        this.abort();
        done(error);
      },
    });
    keepChecking(socket, times, (reason) => this.#lose(reason));
    const abort = (): void => this.abort();
    signal.addEventListener('abort', abort, { once: true });
    this.end = new Promise((resolve) => {
      socket.on('close', () => {
        signal.removeEventListener('abort', abort);
        this.#output.push(null);
        resolve(this.#end ?? { kind: 'lost', reason: this.#lossReason });
      });
    });
    socket.on('error', (error) => (this.#lossReason = error.message));
    socket.on('message', (data) => this.#receive(data as Buffer));
  }

  get output(): AsyncIterable<ExecChunk> {
    return this.#output as AsyncIterable<ExecChunk>;
  }

  async write(bytes: Buffer | string): Promise<void> {
    const content = Buffer.from(bytes);
    for (let start = 0; start < content.length; start += inputChunk) {
      await this.#send(channels.input, content.subarray(start, start + inputChunk));
    }
  }

  closeInput(): void {
    if (this.socket.protocol.startsWith('v5.'))
      this.socket.send(Buffer.of(channels.close, channels.input), () => undefined);
  }

  abort(): void {
    this.#lose('the connection was cut on this side');
  }

  #lose(reason: string): void {
    if (this.socket.readyState === this.socket.CLOSED) return;
    this.#lossReason = reason;
    this.socket.terminate();
  }

  #receive(frame: Buffer): void {
    const channel = frame[0];
    const bytes = frame.subarray(1);
    if (channel === channels.status) {
      this.#end = readExecEnd(bytes.toString());
      this.socket.close();
    } else if ((channel === channels.output || channel === channels.error) && bytes.length > 0) {
      const stream = channel === channels.output ? 'stdout' : 'stderr';
      if (!this.#output.push({ stream, bytes } satisfies ExecChunk)) this.socket.pause();
    }
  }

  #send(channel: number, bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.send(Buffer.concat([Buffer.of(channel), bytes]), (error) => {
        if (error) reject(closed(error));
        else resolve();
      });
    });
  }
}

function closed(cause: Error): DanubeError {
  return new DanubeError('kubernetes_unavailable', `the connection to the container has ended: ${cause.message}`, {
    category: 'unavailable',
    cause,
  });
}
