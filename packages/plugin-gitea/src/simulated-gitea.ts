import type { RemoteAnswer, RemoteRequest } from '@danube/plugin-api/testing';

/** The part of Gitea's and Forgejo's REST API that the plugin calls, for checks without either. */
export interface SimulatedGitea {
  answer(request: RemoteRequest): RemoteAnswer;
  /** State of the newest status of that context. */
  shown(context: string): string | undefined;
}

export interface SimulatedRepository {
  readonly fullName: string;
  readonly token: string;
  /** As `GET /repos/:owner/:name/activities/feeds` lists them, newest first. */
  readonly activities: readonly unknown[];
}

const pageSize = 2;
const states = ['pending', 'success', 'error', 'failure', 'warning'];

export function simulateGitea(repository: SimulatedRepository): SimulatedGitea {
  const statuses = new Map<string, string>();
  const base = `/api/v1/repos/${repository.fullName}`;
  return {
    shown: (context) => statuses.get(context),
    answer(request) {
      if (request.headers.authorization !== `token ${repository.token}`) return refusal(401, 'token is required');
      if (request.path === `${base}/activities/feeds`) return page(repository.activities, request.query);
      if (request.path.startsWith(`${base}/statuses/`)) return setStatus(statuses, request.body as StatusBody);
      return refusal(404, 'not found');
    },
  };
}

interface StatusBody {
  readonly state: string;
  readonly context: string;
}

function setStatus(statuses: Map<string, string>, { state, context }: StatusBody): RemoteAnswer {
  if (!states.includes(state)) return refusal(422, '[State]: Invalid');
  statuses.set(context, state);
  return { status: 201, body: { context, status: state } };
}

/** A server may answer with fewer entries than it is asked for. */
function page(activities: readonly unknown[], query: URLSearchParams): RemoteAnswer {
  const start = (Number(query.get('page')) - 1) * pageSize;
  return { body: activities.slice(start, start + pageSize) };
}

function refusal(status: number, message: string): RemoteAnswer {
  return { status, body: { message } };
}
