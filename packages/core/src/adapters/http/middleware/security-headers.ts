import helmet from 'koa-helmet';
import type { Middleware } from 'koa';

/** Headers that limit what a browser lets pages do. Without https, nothing may ask the browser to insist on it. */
export function securityHeaders(publicUrlIsHttps: boolean): Middleware {
  return helmet({
    strictTransportSecurity: publicUrlIsHttps,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: publicUrlIsHttps ? [] : null,
      },
    },
  });
}
