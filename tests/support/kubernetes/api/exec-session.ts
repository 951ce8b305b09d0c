import { randomBytes } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Launcher } from '../container/launcher.js';
import { exitStatus, startFailure, type ExecProtocol } from './exec-status.js';
import type { Status } from './status.js';

const channels = { stdin: 0, stdout: 1, stderr: 2, error: 3, close: 255 } as const;

export interface ExecStreams {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
}

/** One open exec: frames of the WebSocket on one side, the program's streams on the other. */
export class ExecSession {
  readonly #protocol: ExecProtocol;
  #flowing: Promise<void> = Promise.resolve();
  #flow: () => void = () => undefined;

  constructor(
    private readonly socket: WebSocket,
    private readonly streams: ExecStreams,
  ) {
    this.#protocol = socket.protocol as ExecProtocol;
    socket.on('error', () => undefined);
    socket.on('ping', (data) => socket.pong(data));
    // the first frame is empty and tells that the connection stands
    void this.#send(streams.stdout ? channels.stdout : streams.stderr ? channels.stderr : channels.error, '');
  }

  /** Goes on until the program and its output have ended; when the client goes before, unseen. */
  async run(program: Launcher, command: readonly string[]): Promise<void> {
    const { stdin, stdout, stderr } = program.process;
    if (stdin) this.#takeInput(stdin);
    const outputs = [
      this.#forward(stdout, this.streams.stdout ? channels.stdout : undefined),
      this.#forward(stderr, this.streams.stderr ? channels.stderr : undefined),
    ];
    const start = await program.start;
    if (!start.started) return this.end(startFailure(this.#protocol, randomBytes(32).toString('hex'), start.error));
    const [code] = await Promise.all([program.exit, ...outputs]);
    await this.end(exitStatus(this.#protocol, command, code));
  }

  async end(status: Status): Promise<void> {
    await this.#send(channels.error, JSON.stringify(status));
    this.socket.close(1000);
  }

  /** Destroys the connection. */
  cut(): void {
    this.socket.terminate();
  }

  /** Nothing comes through any more, in either direction, and the connection stays. */
  stall(): void {
    this.socket.pause();
    this.#flowing = new Promise((resolve) => (this.#flow = resolve));
  }

  resume(): void {
    this.socket.resume();
    this.#flow();
  }

  #takeInput(stdin: Writable): void {
    stdin.on('error', () => undefined);
    if (!this.streams.stdin) return void stdin.end();
    this.socket.on('message', (data: Buffer) => {
      const [channel, closed] = data;
      if (channel === channels.close && this.#protocol === 'v5.channel.k8s.io' && closed === channels.stdin)
        stdin.end();
      if (channel !== channels.stdin || stdin.writableEnded || stdin.write(data.subarray(1))) return;
      this.socket.pause();
      stdin.once('drain', () => this.socket.resume());
    });
    this.socket.on('close', () => stdin.end());
  }

  async #forward(output: Readable | null, channel: number | undefined): Promise<void> {
    if (!output) return;
    for await (const chunk of output as AsyncIterable<Buffer>) {
      if (channel !== undefined) await this.#send(channel, chunk);
    }
  }

  async #send(channel: number, data: Buffer | string): Promise<void> {
    await this.#flowing;
    if (this.socket.readyState !== this.socket.OPEN) return;
    const frame = Buffer.concat([Buffer.from([channel]), Buffer.from(data as Buffer)]);
    await new Promise<void>((resolve) => this.socket.send(frame, () => resolve()));
  }
}
