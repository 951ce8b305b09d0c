import type { Middleware } from 'koa';
import { clientError, errorBody } from '../errors/error-body.js';
import { statusOf } from '../errors/http-status.js';
import type { HttpDependencies } from '../http-dependencies.js';
import { answerAndClose } from './lingering-close.js';

/** Of what was to be answered, not of the error. */
const headersOfContent = ['accept-ranges', 'content-disposition', 'content-range', 'etag', 'last-modified'];

/** Turns whatever was thrown into the one JSON form of errors. No stack and no internal message leaves the server. */
export function handleErrors(deps: Pick<HttpDependencies, 'loggers' | 'requestContext'>): Middleware {
  const log = deps.loggers.forTarget('danube.http');
  return async (ctx, next) => {
    try {
      await next();
    } catch (thrown) {
      const error = clientError(thrown);
      ctx.status = statusOf(error);
      if (ctx.status >= 500) log.error('request failed', { method: ctx.method, path: ctx.path, err: thrown });
      for (const header of headersOfContent) ctx.remove(header);
      if (error.category === 'unauthenticated') ctx.set('www-authenticate', 'Bearer');
      if (error.retryAfterMs !== undefined) ctx.set('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
      ctx.body = errorBody(error, deps.requestContext.current()?.requestId ?? '');
      if (error.code === 'body_too_large') await answerAndClose(ctx);
    }
  };
}
