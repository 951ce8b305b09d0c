import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { notAuthenticated } from '../errors/http-errors.js';
import type { HttpDependencies } from '../http-dependencies.js';
import { identify } from '../middleware/identify.js';
import { readJsonBody } from '../middleware/read-json-body.js';
import type { ServerState } from '../server-state.js';
import type { Route } from './route.js';
import { readQuery, Validation } from './validation.js';

/** A router of exactly these routes. Whatever a route does not say otherwise is closed to callers without identity. */
export function buildRouter(routes: readonly Route[], deps: HttpDependencies, server: ServerState): Router {
  const router = new Router();
  for (const route of routes) {
    router.register(route.path, [route.method], handler(route, deps, server), { name: route.operationId });
  }
  return router;
}

function handler(route: Route, deps: HttpDependencies, server: ServerState): Middleware {
  const params = route.params && new Validation('path', route.params);
  const query = route.query && new Validation('query', route.query);
  const body = route.body && new Validation('body', route.body.schema);
  const spanName = `${route.method} ${route.path}`;
  const open = route.auth === 'none' || (route.auth === 'unless_metrics_public' && deps.settings.metricsPublic);

  const handle = async (ctx: Context): Promise<void> => {
    const identity = open ? undefined : await identify(ctx, deps);
    if (!open && identity === undefined) throw notAuthenticated();
    await route.handle({
      params: params?.check({ ...(ctx['params'] as Record<string, string>) }),
      query: route.query && query?.check(readQuery(ctx.URL.searchParams, route.query)),
      body: route.body && body?.check(await readJsonBody(ctx, route.body.required)),
      identity,
      deps,
      server,
      ctx,
    });
  };

  return (ctx) => {
    ctx.state['route'] = route;
    const parent = deps.requestContext.current()?.traceparent;
    return deps.tracer.span(spanName, { 'http.route': route.path }, () => handle(ctx), parent);
  };
}
