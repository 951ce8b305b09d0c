import { once } from 'node:events';
import net from 'node:net';

/** Passes connections on to a server on this machine, until they are cut. */
export class CuttableProxy {
  readonly #sockets = new Set<net.Socket>();
  readonly #listener = net.createServer((caller) => {
    const [host = '', port = ''] = this.target.split(':');
    const server = net.connect(Number(port), host);
    for (const socket of [caller, server]) {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    }
    caller.pipe(server).pipe(caller);
  });

  private constructor(private readonly target: string) {}

  static async to(target: string): Promise<CuttableProxy> {
    const proxy = new CuttableProxy(target);
    proxy.#listener.listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    return proxy;
  }

  get address(): string {
    return `127.0.0.1:${(this.#listener.address() as net.AddressInfo).port}`;
  }

  /** Resets every open connection; new ones are accepted. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.#listener.close();
    this.cut();
    await once(this.#listener, 'close');
  }
}
