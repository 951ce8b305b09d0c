import cors from '@koa/cors';
import type { Middleware } from 'koa';

/** Lets pages of the configured origins call the API; pages of any other origin get no CORS header at all. */
export function allowOrigins(origins: () => readonly string[]): Middleware {
  return cors({
    origin: (ctx) => {
      const origin = ctx.get('origin');
      return origins().includes(origin) ? origin : '';
    },
    credentials: true,
    exposeHeaders: ['X-Request-Id', 'X-Log-Size', 'X-Log-From', 'X-Log-To', 'Content-Range'],
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    maxAge: 600,
  });
}
