import { once } from 'node:events';
import net from 'node:net';

/** Passes connections on to a server on this machine, and keeps what it saw. */
export class RecordingProxy {
  readonly #chunks: Buffer[] = [];
  readonly #sockets = new Set<net.Socket>();
  readonly #listener = net.createServer((caller) => {
    const [host = '', port = ''] = this.target.split(':');
    const server = net.connect(Number(port), host);
    for (const socket of [caller, server]) {
      this.#sockets.add(socket);
      socket.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
      socket.on('error', () => socket.destroy());
    }
    caller.pipe(server).pipe(caller);
  });

  private constructor(private readonly target: string) {}

  static async to(target: string): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(target);
    proxy.#listener.listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    return proxy;
  }

  get address(): string {
    return `127.0.0.1:${(this.#listener.address() as net.AddressInfo).port}`;
  }

  /** Everything that went over the wire so far, in both directions. */
  get seen(): string {
    return Buffer.concat(this.#chunks).toString('latin1');
  }

  async close(): Promise<void> {
    this.#listener.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#listener, 'close');
  }
}
