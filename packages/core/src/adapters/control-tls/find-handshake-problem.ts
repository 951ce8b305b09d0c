import { isIP } from 'node:net';
import { duplexPair } from 'node:stream';
import tls from 'node:tls';
import type { KeyPair } from './certificate-source.js';

/**
 * Why a client that trusts `ca` (undefined: the authorities that Node knows) would not believe that a server with this
 * certificate is `host`; undefined where it does. A handshake in memory asks the question just as a job will.
 */
export async function findHandshakeProblem(
  { certificate, key }: KeyPair,
  ca: string | undefined,
  host: string,
): Promise<string | undefined> {
  const [near, far] = duplexPair();
  try {
    const server = new tls.TLSSocket(far, {
      isServer: true,
      secureContext: tls.createSecureContext({ cert: certificate, key }),
    });
    server.on('error', () => undefined); // the client has the reason
    const name = isIP(host) === 0 ? { servername: host } : { host };
    const client = tls.connect({ socket: near, ...name, ...(ca === undefined ? {} : { ca }) });
    await new Promise<void>((resolve, reject) => {
      client.once('secureConnect', resolve).once('error', reject);
      server.once('error', reject);
    });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    near.destroy();
    far.destroy();
  }
}
