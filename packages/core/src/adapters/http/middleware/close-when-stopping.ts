import type { Middleware } from 'koa';
import type { ServerState } from '../server-state.js';

/** While the server stops, a connection that stayed open for further requests would hold it up. */
export function closeWhenStopping({ stopping }: Pick<ServerState, 'stopping'>): Middleware {
  return async (ctx, next) => {
    await next();
    if (stopping.aborted && !ctx.headerSent) ctx.set('connection', 'close');
  };
}
