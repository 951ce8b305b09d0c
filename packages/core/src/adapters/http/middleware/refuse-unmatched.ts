import type Router from '@koa/router';
import type { Middleware } from 'koa';
import { methodNotAllowed, routeNotFound } from '../errors/http-errors.js';

/** The end of the line: no route has taken the request. */
export function refuseUnmatched(router: Router): Middleware {
  return (ctx) => {
    const allowed = [...new Set(router.match(ctx.path, ctx.method).path.flatMap((layer) => layer.methods))];
    if (allowed.length === 0) throw routeNotFound(ctx.method, ctx.path);
    ctx.set('allow', allowed.join(', '));
    if (ctx.method !== 'OPTIONS') throw methodNotAllowed(ctx.method, allowed);
    ctx.status = 204;
  };
}
