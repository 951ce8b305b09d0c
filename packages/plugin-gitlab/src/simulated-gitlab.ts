import type { RemoteAnswer, RemoteRequest } from '@danube/plugin-api/testing';

/** The part of GitLab's REST API that the plugin calls, for checks without a GitLab. */
export interface SimulatedGitlab {
  answer(request: RemoteRequest): RemoteAnswer;
  /** State of the newest status of that name. */
  shown(name: string): string | undefined;
  /** All statuses of that name, oldest first. */
  statusesOf(name: string): readonly SimulatedStatus[];
  /** As GitLab's own CI, or a merge request, starts one. */
  addPipeline(sha: string, ref: string): void;
}

export interface SimulatedStatus {
  readonly name: string;
  readonly sha: string;
  readonly ref: string;
  readonly pipeline_id: number;
  readonly status: string;
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
/** The first branch by name that holds each commit. */
const firstBranch = 'fix';

export function simulateGitlab(project: SimulatedProject): SimulatedGitlab {
  const statuses = new SimulatedStatuses();
  const base = `/api/v4/projects/${encodeURIComponent(project.path)}/`;
  return {
    shown: (name) => statuses.named(name).at(-1)?.status,
    statusesOf: (name) => statuses.named(name),
    addPipeline: (sha, ref) => void statuses.addPipeline(sha, ref),
    answer(request) {
      if (request.headers['private-token'] !== project.token) return refusal(401, '401 Unauthorized');
      if (!request.path.startsWith(base)) return refusal(404, '404 Project Not Found');
      const [resource = '', ...rest] = request.path.slice(base.length).split('/');
      if (resource === 'statuses') return statuses.set(rest[0] ?? '', request.body as StatusBody);
      if (resource === 'events') return events(project, request.query);
      const [kind, name = ''] = rest;
      if (kind === 'commits') return { body: statuses.ofCommit(name, request.query.get('name')) };
      return tag(project, decodeURIComponent(name));
    },
  };
}

interface StatusBody {
  readonly state: string;
  readonly name: string;
  readonly ref?: string;
  readonly pipeline_id?: number;
}

/** Statuses belong to a pipeline: the newest one of the commit, unless the request names a ref or the pipeline itself. */
class SimulatedStatuses {
  readonly #pipelines: { readonly id: number; readonly sha: string; readonly ref: string }[] = [];
  #statuses: readonly SimulatedStatus[] = [];

  addPipeline(sha: string, ref: string) {
    const pipeline = { id: 100 + this.#pipelines.length, sha, ref };
    this.#pipelines.push(pipeline);
    return pipeline;
  }

  named(name: string): readonly SimulatedStatus[] {
    return this.#statuses.filter((each) => each.name === name);
  }

  ofCommit(sha: string, name: string | null): readonly SimulatedStatus[] {
    return this.#statuses.filter((each) => each.sha === sha && (name === null || each.name === name));
  }

  /** One that has not finished changes by a transition, of which none leads to where it is; a finished one gets a successor. */
  set(sha: string, { state, name, ref, pipeline_id: id }: StatusBody): RemoteAnswer {
    const transition = transitions[state];
    if (transition === undefined) return refusal(400, 'state does not have a valid value');
    const found = this.#pipelines.findLast(
      (each) => each.sha === sha && (ref ?? each.ref) === each.ref && (id ?? each.id) === each.id,
    );
    if (found === undefined && id !== undefined)
      return refusal(404, '404 Pipeline for pipeline_id, sha and ref Not Found');
    const pipeline = found ?? this.addPipeline(sha, ref ?? firstBranch);
    const isCurrent = (each: SimulatedStatus) =>
      each.name === name && each.pipeline_id === pipeline.id && unfinished.includes(each.status);
    const current = this.#statuses.find(isCurrent)?.status;
    if (current === state || (current === 'running' && state === 'pending')) {
      return refusal(400, `Cannot transition status via :${transition} from :${current}`);
    }
    const status = { name, sha, ref: pipeline.ref, pipeline_id: pipeline.id, status: state };
    this.#statuses = [...this.#statuses.filter((each) => !isCurrent(each)), status];
    return { status: 201, body: status };
  }
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
