import type { Context } from 'koa';
import { bodyCutShort, bodyTooLarge } from '../errors/http-errors.js';

/**
 * The raw body. `take` is told of each piece before it is kept, and may throw to end the reading.
 * @throws DanubeError `body_too_large`, as soon as that is known, and `body_cut_short`
 */
export async function readBody(
  ctx: Context,
  limitBytes: number,
  take: (bytes: number) => void = () => undefined,
): Promise<Buffer> {
  if (Number(ctx.get('content-length')) > limitBytes) throw bodyTooLarge(limitBytes);
  const chunks: Buffer[] = [];
  let bytes = 0;
  // not for-await: leaving that loop early would destroy the socket, and with it the answer
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: Error): void => {
      ctx.req.removeAllListeners('data').pause();
      reject(error);
    };
    ctx.req.on('data', (chunk: Buffer) => {
      try {
        bytes += chunk.length;
        if (bytes > limitBytes) throw bodyTooLarge(limitBytes);
        take(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        refuse(error as Error);
      }
    });
    ctx.req.once('end', resolve);
    ctx.req.once('error', (error) => reject(bodyCutShort(error)));
  });
  return Buffer.concat(chunks, bytes);
}
