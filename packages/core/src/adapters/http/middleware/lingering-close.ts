import type { Context } from 'koa';

const longestMs = 2000;

/**
 * Sends the answer to a request whose body will not be read, and ends the connection. It first throws away what still
 * arrives, for a moment: a client that is not done sending would otherwise see a reset connection instead of the answer.
 */
export async function answerAndClose(ctx: Context): Promise<void> {
  const text = JSON.stringify(ctx.body);
  ctx.respond = false;
  ctx.res.setHeader('connection', 'close');
  ctx.res.setHeader('content-type', 'application/json; charset=utf-8');
  ctx.res.setHeader('content-length', Buffer.byteLength(text));
  ctx.res.write(text);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, longestMs);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    ctx.req.removeAllListeners('data');
    ctx.req.once('end', done).once('close', done).resume();
  });
  ctx.res.end();
}
