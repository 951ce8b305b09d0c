import { createPublicKey, verify } from 'node:crypto';
import type { RemoteAnswer, RemoteRequest } from '@danube/plugin-api/testing';

/** The part of GitHub's REST API that the plugin calls, for checks without GitHub. */
export interface SimulatedGithub {
  answer(request: RemoteRequest): RemoteAnswer;
  /** State of the newest status of that context. */
  shown(context: string): string | undefined;
  /** Makes the tokens that it gave so far invalid, as a suspension does. */
  revokeTokens(): void;
}

export interface SimulatedApp {
  readonly appId: string;
  /** PEM; the public half verifies what the app signs. */
  readonly privateKey: string;
  readonly installation: number;
  readonly fullName: string;
  /** Answers of `GET /repos/:owner/:name/commits/:ref` by ref, such as `heads/main`. */
  readonly commits?: Readonly<Record<string, unknown>>;
  /** As `GET /repos/:owner/:name/events` lists them, newest first. */
  readonly events?: readonly unknown[];
  /** A personal access token besides. */
  readonly token?: string;
  /** Default: the system's clock. */
  readonly now?: () => number;
}

const hour = 3_600_000;
const states = ['error', 'failure', 'pending', 'success'];

export function simulateGithub(app: SimulatedApp): SimulatedGithub {
  const now = app.now ?? Date.now;
  const statuses = new Map<string, string>();
  const tokens = new Map<string, number>();
  const base = `/repos/${app.fullName}`;

  const createToken = (installation: string): RemoteAnswer => {
    if (installation !== String(app.installation)) return refusal(404, 'Not Found');
    const token = `ghs_simulated${tokens.size}`;
    tokens.set(token, now() + hour);
    return { status: 201, body: { token, expires_at: new Date(now() + hour).toISOString().replace(/\.\d+/, '') } };
  };
  const asApp = ({ method, path }: RemoteRequest): RemoteAnswer => {
    const [, installation] = /^\/app\/installations\/(\d+)\/access_tokens$/.exec(path) ?? [];
    if (method === 'POST' && installation !== undefined) return createToken(installation);
    return path === `${base}/installation` ? { body: { id: app.installation } } : refusal(404, 'Not Found');
  };
  const asInstallation = ({ path, query, body }: RemoteRequest): RemoteAnswer => {
    if (path === `${base}/events`) return page(app.events ?? [], query);
    if (path.startsWith(`${base}/statuses/`)) return setStatus(statuses, body as StatusBody);
    const ref = path.startsWith(`${base}/commits/`) ? decodeURIComponent(path.slice(`${base}/commits/`.length)) : '';
    const commit = app.commits?.[ref];
    return commit === undefined ? refusal(422, `No commit found for SHA: ${ref}`) : { body: commit };
  };
  return {
    shown: (context) => statuses.get(context),
    revokeTokens: () => tokens.clear(),
    answer(request) {
      const { accept, authorization = '', 'x-github-api-version': version } = request.headers;
      if (accept !== 'application/vnd.github+json' || version !== '2022-11-28') return refusal(400, 'Unknown version');
      const bearer = /^Bearer (\S+)$/.exec(authorization)?.[1] ?? '';
      if (request.path.startsWith('/app/') || request.path.endsWith('/installation')) {
        const problem = jwtProblem(bearer, app, now());
        return problem === undefined ? asApp(request) : refusal(401, problem);
      }
      const isKnown = bearer === app.token || (tokens.get(bearer) ?? 0) > now();
      return isKnown ? asInstallation(request) : refusal(401, 'Bad credentials');
    },
  };
}

/** Checks a token as GitHub's documentation says, without the library that made it. */
function jwtProblem(jwt: string, app: SimulatedApp, now: number): string | undefined {
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const signed = Buffer.from(`${header}.${payload}`);
  const key = createPublicKey(app.privateKey);
  if (!verify('sha256', signed, key, Buffer.from(signature, 'base64url'))) {
    return 'A JSON web token could not be decoded';
  }
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<'iat' | 'exp' | 'iss', unknown>;
  const seconds = now / 1000;
  if (claims.iss !== app.appId) return 'Integration not found';
  if (typeof claims.iat !== 'number' || claims.iat > seconds) return "'Issued at' claim ('iat') must be in the past";
  if (typeof claims.exp !== 'number' || claims.exp < seconds) return "'Expiration time' claim ('exp') is in the past";
  return claims.exp > seconds + 600 ? "'Expiration time' claim ('exp') is too far in the future" : undefined;
}

interface StatusBody {
  readonly state: string;
  readonly context: string;
  readonly description: string;
}

function setStatus(statuses: Map<string, string>, { state, context, description }: StatusBody): RemoteAnswer {
  if (!states.includes(state)) return refusal(422, 'Validation Failed: state');
  if (/[\u{10000}-\u{10ffff}]/u.test(description)) {
    return refusal(422, "Validation Failed: description doesn't accept 4-byte Unicode");
  }
  if (description.length > 140) return refusal(422, 'Validation Failed: description is too long');
  statuses.set(context, state);
  return { status: 201, body: { state, context } };
}

function page(events: readonly unknown[], query: URLSearchParams): RemoteAnswer {
  // smaller pages than were asked for, as GitHub itself may answer
  const size = Math.min(Number(query.get('per_page')), 3);
  const number = Number(query.get('page'));
  const link = number * size < events.length ? { link: '<https://api.github.com/next>; rel="next"' } : undefined;
  return { headers: link ?? {}, body: events.slice((number - 1) * size, number * size) };
}

function refusal(status: number, message: string): RemoteAnswer {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest' } };
}
