import type { Middleware } from 'koa';
import type { HttpDependencies } from '../http-dependencies.js';
import type { Route } from '../routing/route.js';

/** Counts requests by the path of their route: the address itself would make a new time series for every job. */
export function countRequests({ metrics }: Pick<HttpDependencies, 'metrics'>): Middleware {
  return (ctx, next) => {
    const startedAt = performance.now();
    ctx.res.once('close', () => {
      const matched = ctx.state['route'] as Route | undefined;
      const method = matched?.method ?? 'other';
      const route = matched?.path ?? 'unmatched';
      metrics.count('danube_http_requests_total', { method, route, status: String(ctx.res.statusCode) });
      if (matched?.streaming) return;
      metrics.observe('danube_http_request_duration_seconds', (performance.now() - startedAt) / 1000, {
        method,
        route,
      });
    });
    return next();
  };
}
