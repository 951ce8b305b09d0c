import helmet from 'koa-helmet';
import type { Middleware } from 'koa';

/** Headers that limit what a browser lets pages do. Without https, nothing may ask the browser to insist on it. */
export function securityHeaders(publicUrlIsHttps: boolean): Middleware {
  return helmet({
    strictTransportSecurity: publicUrlIsHttps,
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: publicUrlIsHttps ? [] : null } },
  });
}
