import type net from 'node:net';
import tls from 'node:tls';
import type { Logger } from '../../services/ports/logger.js';
import type { KeyPair } from './certificate-source.js';

const handshakeMs = 10_000;

/** Listeners that show the same certificate, which may be replaced while they listen. */
export class TlsListeners {
  readonly #servers = new Set<tls.Server>();
  #options: tls.SecureContextOptions;

  constructor(
    pair: KeyPair,
    private readonly logger: Logger,
  ) {
    this.#options = contextOptions(pair);
  }

  /** As `net.createServer`; `accept` gets connections whose handshake is over. */
  readonly create = (accept: (socket: net.Socket) => void): net.Server => {
    const server = tls.createServer(
      { ...this.#options, ALPNProtocols: ['h2', 'http/1.1'], handshakeTimeout: handshakeMs },
      accept,
    );
    server.on('tlsClientError', (error, socket) => {
      socket.destroy();
      // a connection that was only closed says nothing: probes of clusters do so all the time
      if ('library' in error) this.logger.warn('a TLS handshake failed', { err: error });
    });
    this.#servers.add(server);
    server.on('close', () => this.#servers.delete(server));
    return server;
  };

  /** Of the next handshakes; connections go on. */
  use(pair: KeyPair): void {
    this.#options = contextOptions(pair);
    for (const server of this.#servers) server.setSecureContext(this.#options);
  }
}

function contextOptions({ certificate, key }: KeyPair): tls.SecureContextOptions {
  return { cert: certificate, key, minVersion: 'TLSv1.2' };
}
