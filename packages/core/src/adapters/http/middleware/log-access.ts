import type { Middleware } from 'koa';
import type { HttpDependencies } from '../http-dependencies.js';

/** One line per request once it is over. The query is left out: it may hold a token. */
export function logAccess({
  loggers,
  requestContext,
}: Pick<HttpDependencies, 'loggers' | 'requestContext'>): Middleware {
  const log = loggers.forTarget('danube.http');
  return (ctx, next) => {
    const startedAt = performance.now();
    const facts = requestContext.current();
    const record = (): void => {
      const fields = {
        method: ctx.method,
        path: ctx.path,
        status: ctx.res.statusCode,
        duration_ms: Math.round((performance.now() - startedAt) * 10) / 10,
        ...(!ctx.res.writableFinished && { aborted: true }),
      };
      // probes and scrapers come all day and say nothing
      if (isProbe(ctx.path)) log.debug('request', fields);
      else log.info('request', fields);
    };
    // the event comes from the socket, which knows nothing of this request
    ctx.res.once('close', () => (facts ? requestContext.run(facts, record) : record()));
    return next();
  };
}

function isProbe(path: string): boolean {
  return path === '/metrics' || path === '/health' || path.startsWith('/health/');
}
