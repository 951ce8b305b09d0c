import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';

const secondsBack = 60;
const secondsAhead = 9 * 60;

/**
 * What a GitHub App shows to ask for tokens. Dated back by a minute for a clock that is a little ahead of GitHub's, and one
 * minute short of the ten that GitHub allows.
 */
export function signAppJwt(appId: string, key: KeyObject, now: number): Promise<string> {
  const seconds = Math.floor(now / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuedAt(seconds - secondsBack)
    .setExpirationTime(seconds + secondsAhead)
    .setIssuer(appId)
    .sign(key);
}
