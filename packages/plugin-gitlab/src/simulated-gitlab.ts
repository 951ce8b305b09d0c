import type { RemoteAnswer, RemoteRequest } from '@danube/plugin-api/testing';

/** The part of GitLab's REST API that the plugin calls, for checks without a GitLab. */
export interface SimulatedGitlab {
  answer(request: RemoteRequest): RemoteAnswer;
  /** State of the newest status of that name. */
  shown(name: string): string | undefined;
}

export interface SimulatedProject {
  readonly path: string;
  readonly token: string;
  /** As `GET /projects/:id/events` lists them, oldest first. */
  readonly events: readonly { readonly created_at: string }[];
  /** What each tag points at, and its commit. */
  readonly tags: Readonly<Record<string, { readonly target: string; readonly commit: string }>>;
}

const pageSize = 2;
const transitions: Readonly<Record<string, string>> = {
  pending: 'enqueue',
  running: 'run',
  success: 'success',
  failed: 'drop',
  canceled: 'cancel',
};
const unfinished = ['pending', 'running'];

export function simulateGitlab(project: SimulatedProject): SimulatedGitlab {
  const statuses = new Map<string, string>();
  const base = `/api/v4/projects/${encodeURIComponent(project.path)}/`;
  return {
    shown: (name) => statuses.get(name),
    answer(request) {
      if (request.headers['private-token'] !== project.token) return refusal(401, '401 Unauthorized');
      if (!request.path.startsWith(base)) return refusal(404, '404 Project Not Found');
      const [resource = '', ...rest] = request.path.slice(base.length).split('/');
      if (resource === 'statuses') return setStatus(statuses, request.body as StatusBody);
      if (resource === 'events') return events(project, request.query);
      return tag(project, decodeURIComponent(rest.at(-1) ?? ''));
    },
  };
}

interface StatusBody {
  readonly state: string;
  readonly name: string;
}

/** A status that has not finished changes by a transition, of which none leads to where it is; a finished one gets a successor. */
function setStatus(statuses: Map<string, string>, { state, name }: StatusBody): RemoteAnswer {
  const transition = transitions[state];
  const current = statuses.get(name);
  if (transition === undefined) return refusal(400, 'state does not have a valid value');
  const isStuck = current === state || (current === 'running' && state === 'pending');
  if (current !== undefined && unfinished.includes(current) && isStuck) {
    return refusal(400, `Cannot transition status via :${transition} from :${current}`);
  }
  statuses.set(name, state);
  return { status: 201, body: { name, status: state } };
}

/** The named day itself is left out. */
function events(project: SimulatedProject, query: URLSearchParams): RemoteAnswer {
  const after = query.get('after') ?? '';
  const all = project.events.filter((event) => event.created_at.slice(0, 10) > after);
  const page = Number(query.get('page'));
  const hasNext = all.length > page * pageSize;
  return {
    headers: { 'x-next-page': hasNext ? String(page + 1) : '' },
    body: all.slice((page - 1) * pageSize, page * pageSize),
  };
}

function tag({ tags }: SimulatedProject, name: string): RemoteAnswer {
  const found = tags[name];
  if (found === undefined) return refusal(404, '404 Tag Not Found');
  return { body: { name, target: found.target, commit: { id: found.commit } } };
}

function refusal(status: number, message: string): RemoteAnswer {
  return { status, body: { message } };
}
