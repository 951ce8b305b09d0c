import type { Context } from 'koa';
import type { Identity } from '../../../services/access/identity.js';
import type { HttpDependencies } from '../http-dependencies.js';

export const sessionCookie = 'danube_session';

/** Who calls: by bearer token, or by the session of a browser. A wrong token is not saved by a good session. */
export async function identify(
  ctx: Context,
  deps: Pick<HttpDependencies, 'authenticateToken' | 'sessions'>,
): Promise<Identity | undefined> {
  const authorization = ctx.get('authorization');
  if (authorization !== '') {
    const token = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    return token === undefined ? undefined : deps.authenticateToken.execute(token);
  }
  const session = ctx.cookies.get(sessionCookie);
  return session === undefined ? undefined : deps.sessions.find(session);
}
