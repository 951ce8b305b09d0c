import { Type } from 'typebox';
import { sessionLifetimeMs } from '../../../services/access/session-lifetime.js';
import { oneTimeTokenInvalid } from '../errors/http-errors.js';
import { sessionCookie } from '../middleware/identify.js';
import { defineRoute } from '../routing/route.js';
import { IdentitySchema } from '../schemas/common.js';

const redeemOneTimeToken = defineRoute({
  method: 'POST',
  path: '/auth/one-time',
  operationId: 'redeemOneTimeToken',
  tag: 'access',
  summary: 'Exchange a one-time token for a browser session',
  description: 'The token of the address that a start prints works once. The answer sets the session cookie.',
  auth: 'none',
  body: {
    required: true,
    schema: Type.Object({ token: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false }),
  },
  responses: { 200: { description: 'Logged in.', schema: IdentitySchema } },
  handle: async ({ ctx, deps, body }) => {
    const identity = deps.oneTimeTokens.redeem(body.token);
    if (identity === undefined) throw oneTimeTokenInvalid();
    const secure = deps.settings.publicUrlIsHttps;
    // a proxy in front speaks https to the browser, while the connection to this server is plain
    ctx.cookies.secure = secure;
    ctx.cookies.set(sessionCookie, await deps.sessions.open(identity), {
      httpOnly: true,
      sameSite: 'strict',
      secure,
      maxAge: sessionLifetimeMs,
      overwrite: true,
    });
    ctx.set('cache-control', 'no-store');
    ctx.body = { name: identity.name };
  },
});

const getSession = defineRoute({
  method: 'GET',
  path: '/auth/session',
  operationId: 'getSession',
  tag: 'access',
  summary: 'Who is logged in',
  auth: 'required',
  responses: { 200: { description: 'Whose session or token it is.', schema: IdentitySchema } },
  handle: ({ ctx, identity }) => {
    ctx.set('cache-control', 'no-store');
    ctx.body = { name: identity?.name ?? '' };
  },
});

const logOut = defineRoute({
  method: 'POST',
  path: '/auth/logout',
  operationId: 'logOut',
  tag: 'access',
  summary: 'End the browser session',
  auth: 'required',
  responses: { 204: { description: 'Logged out.' } },
  handle: async ({ ctx, deps }) => {
    const session = ctx.cookies.get(sessionCookie);
    if (session !== undefined) await deps.sessions.close(session);
    ctx.cookies.set(sessionCookie, null, { httpOnly: true, sameSite: 'strict' });
    ctx.status = 204;
  },
});

export const authRoutes = [redeemOneTimeToken, getSession, logOut];
