import type { Middleware } from 'koa';
import type { HttpDependencies } from '../http-dependencies.js';

const acceptedId = /^[A-Za-z0-9._-]{1,128}$/;
const acceptedTraceparent = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Gives every request an id, the caller's own if it is harmless, and makes it known to all that happens for it. */
export function carryRequestContext(deps: Pick<HttpDependencies, 'ids' | 'requestContext'>): Middleware {
  return (ctx, next) => {
    const given = ctx.get('x-request-id');
    const requestId = acceptedId.test(given) ? given : deps.ids.newId();
    const traceparent = ctx.get('traceparent');
    ctx.set('x-request-id', requestId);
    return deps.requestContext.run(
      { requestId, traceparent: acceptedTraceparent.test(traceparent) ? traceparent : undefined },
      next,
    );
  };
}
