import Koa from 'koa';
import type { HttpDependencies } from './http-dependencies.js';
import { allowOrigins } from './middleware/allow-origins.js';
import { carryRequestContext } from './middleware/carry-request-context.js';
import { closeWhenStopping } from './middleware/close-when-stopping.js';
import { compressAnswers } from './middleware/compress-answers.js';
import { countRequests } from './middleware/count-requests.js';
import { handleErrors } from './middleware/handle-errors.js';
import { logAccess } from './middleware/log-access.js';
import { refuseUnmatched } from './middleware/refuse-unmatched.js';
import { securityHeaders } from './middleware/security-headers.js';
import { buildRouter } from './routing/build-router.js';
import { routeTable } from './routing/route-table.js';
import type { ServerState } from './server-state.js';
import { serveWebUi } from './web-ui/serve-web-ui.js';

/** What clients do, and no mistake of ours: they go away, are too slow, or end a request in the middle. */
const faultsOfClients = new Set([
  'EPIPE',
  'ECONNRESET',
  'ERR_HTTP_REQUEST_TIMEOUT',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_WRITE_AFTER_END',
  'HPE_INVALID_EOF_STATE',
]);

/** The chain that every request goes through, outermost first. */
export function createApp(deps: HttpDependencies, server: ServerState): Koa {
  const app = new Koa();
  const log = deps.loggers.forTarget('danube.http');
  app.on('error', (error: Error & { code?: string }) => {
    if (error.code !== undefined && faultsOfClients.has(error.code))
      log.debug('a client went away', { code: error.code });
    else log.error('an answer was cut short', { err: error });
  });
  const router = buildRouter(routeTable, deps, server);
  app
    .use(carryRequestContext(deps))
    .use(logAccess(deps))
    .use(countRequests(deps))
    .use(closeWhenStopping(server))
    .use(securityHeaders(deps.settings.publicUrlIsHttps))
    .use(allowOrigins(() => deps.settings.corsOrigins()))
    .use(compressAnswers())
    .use(handleErrors(deps))
    .use(router.routes())
    .use(serveWebUi(deps.webUi))
    .use(refuseUnmatched(router));
  return app;
}
