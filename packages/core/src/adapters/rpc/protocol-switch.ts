import type http from 'node:http';
import type http2 from 'node:http2';
import net from 'node:net';

const preface = Buffer.from('PRI * HTTP/2.0');
const firstRequestMs = 10_000;

/**
 * A listener for HTTP/2 cleartext and HTTP/1 on one port: a connection goes to the server whose first bytes it sends.
 * Neither of the two knows connections that it did not accept itself, so they are kept and closed here.
 */
export class ProtocolSwitch {
  /** Every open connection, with the timer that ends it when it never asks for anything. */
  readonly #sockets = new Map<net.Socket, NodeJS.Timeout>();
  readonly #http1Sockets = new Set<net.Socket>();
  readonly #listener = net.createServer((socket) => this.#accept(socket));

  constructor(
    private readonly http1: http.Server,
    private readonly http2: http2.Http2Server,
  ) {
    http1.on('request', (request) => clearTimeout(this.#sockets.get(request.socket)));
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
    for (const socket of this.#sockets.keys()) socket.destroy();
  }

  #accept(socket: net.Socket): void {
    const timer = setTimeout(() => socket.destroy(), firstRequestMs);
    this.#sockets.set(socket, timer);
    socket.on('close', () => {
      clearTimeout(timer);
      this.#sockets.delete(socket);
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
      if (begins) clearTimeout(this.#sockets.get(socket));
      else this.#http1Sockets.add(socket);
      socket.unshift(seen);
      (begins ? this.http2 : this.http1).emit('connection', socket);
    });
  }
}
