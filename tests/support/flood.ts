import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface FloodOutcome {
  readonly status: number;
  readonly body: string;
  /** Body bytes that were handed to the kernel before the answer came. */
  readonly sent: number;
}

export interface Flood {
  /** `host:port` */
  readonly address: string;
  readonly path: string;
  readonly token: string;
  readonly bytes: number;
  /** Announced by its length, or sent in chunks of which nobody knows the end. */
  readonly framing: 'content-length' | 'chunked';
  /** Over TLS, with this authority. */
  readonly ca?: string | undefined;
}

/** Posts zeros until the server answers, as a client does that neither asks first nor listens while it sends. */
export async function flood({ address, path, token, bytes, framing, ca }: Flood): Promise<FloodOutcome> {
  const [host = '', port = ''] = address.split(':');
  const at = { host, port: Number(port) };
  const socket = ca === undefined ? connect(at) : connectTls({ ...at, ca });
  const answered = new AbortController();
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1');
    answered.abort();
  });
  socket.on('error', () => answered.abort());
  const length = framing === 'chunked' ? 'transfer-encoding: chunked' : `content-length: ${bytes}`;
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: ${address}\r\nauthorization: Bearer ${token}\r\n` +
      `content-type: application/json\r\n${length}\r\n\r\n`,
  );
  const piece = Buffer.alloc(64 * 1024);
  const chunk = framing === 'chunked' ? Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')]) : piece;
  let sent = 0;
  while (sent < bytes && !answered.signal.aborted) {
    if (!socket.write(chunk)) await once(socket, 'drain', { signal: answered.signal }).catch(() => undefined);
    sent += piece.length;
  }
  socket.end();
  if (!socket.closed) await once(socket, 'close').catch(() => undefined);
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), body: rest.join('\r\n\r\n'), sent };
}
