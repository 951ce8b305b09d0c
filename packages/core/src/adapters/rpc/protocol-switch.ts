import type http from 'node:http';
import type http2 from 'node:http2';
import type net from 'node:net';

const preface = Buffer.from('PRI * HTTP/2.0');
const firstRequestMs = 10_000;

/** As `net.createServer`, or one that decrypts first. */
export type CreateListener = (accept: (socket: net.Socket) => void) => net.Server;

/**
 * A listener for HTTP/2 and HTTP/1 on one port: a connection goes to the server whose first bytes it sends.
 * Neither of the two knows connections that it did not accept itself, so they are kept and closed here.
 */
export class ProtocolSwitch {
  /** Every open connection, as it came over the network. */
  readonly #sockets = new Set<net.Socket>();
  readonly #http1Sockets = new Set<net.Socket>();
  /** What ends connections that never ask for anything. */
  readonly #timers = new WeakMap<net.Socket, NodeJS.Timeout>();
  readonly #listener: net.Server;

  constructor(
    private readonly http1: http.Server,
    private readonly http2: http2.Http2Server,
    createListener: CreateListener,
  ) {
    http1.on('request', (request) => clearTimeout(this.#timers.get(request.socket)));
    this.#listener = createListener((socket) => this.#accept(socket));
    this.#listener.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  /** Resolves with the real port. */
  listen(address: { readonly host: string; readonly port: number }): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#listener.once('error', reject);
      this.#listener.listen({ ...address }, () => {
        this.#listener.off('error', reject);
        resolve((this.#listener.address() as net.AddressInfo).port);
      });
    });
  }

  /** Accepts no more; resolves when every connection is closed. */
  stop(): Promise<void> {
    return new Promise((resolve) => this.#listener.close(() => resolve()));
  }

  /** Closes HTTP/1 connections as soon as what was written has been sent. HTTP/2 does so by its sessions. */
  endHttp1Connections(): void {
    for (const socket of this.#http1Sockets) socket.end(() => socket.destroy());
  }

  destroyConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #accept(socket: net.Socket): void {
    const timer = setTimeout(() => socket.destroy(), firstRequestMs);
    this.#timers.set(socket, timer);
    socket.on('close', () => {
      clearTimeout(timer);
      this.#http1Sockets.delete(socket);
    });
    socket.on('error', () => socket.destroy());
    this.#sniff(socket, Buffer.alloc(0));
  }

  #sniff(socket: net.Socket, before: Buffer): void {
    socket.once('readable', () => {
      const read = socket.read() as Buffer | null;
      if (read === null) return this.#sniff(socket, before);
      const seen = Buffer.concat([before, read]);
      const begins = preface.subarray(0, seen.length).equals(seen.subarray(0, preface.length));
      if (begins && seen.length < preface.length) return this.#sniff(socket, seen);
      if (begins) clearTimeout(this.#timers.get(socket));
      else this.#http1Sockets.add(socket);
      socket.unshift(seen);
      (begins ? this.http2 : this.http1).emit('connection', socket);
    });
  }
}
