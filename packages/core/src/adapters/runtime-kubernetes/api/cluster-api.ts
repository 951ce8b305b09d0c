import type { V1EphemeralContainer, V1Pod } from '@kubernetes/client-node';
import type { Clock } from '../../../services/ports/clock.js';
import type { Metrics } from '../../../services/ports/metrics.js';
import { ApiCaller, type CallLimits, type Operation, standardLimits } from './api-caller.js';
import { allowing, failureStatus, isAbsent, isThereAlready } from './api-failure.js';
import type { ClusterConnection } from './cluster-connection.js';
import { ensureNamespace } from './ensure-namespace.js';
import type { ExecStream } from './exec-stream.js';
import { type HeartbeatTimes, standardHeartbeat } from './heartbeat.js';
import { type ExecRequest, openExec } from './open-exec.js';
import { Policies, type Policy, type PolicyKind, type PolicyRef } from './policies.js';
import { type ApiRequest, sendRequest } from './send-request.js';
import { openWatch, type PodList, readPodList, type WatchEvent, type WatchRequest } from './watch-stream.js';

export interface ClusterApiOptions {
  readonly jobsNamespace: string;
  readonly systemNamespace: string;
  readonly limits?: CallLimits;
  readonly heartbeat?: HeartbeatTimes;
}

const ciliumAnswerMs = 5 * 60_000;
const strategicMerge = 'application/strategic-merge-patch+json';
const jsonMerge = 'application/merge-patch+json';

/**
 * What Danube asks of the API server. Every call is repeated while the server is away, busy or failing, until its signal
 * aborts: give it a time limit. Everything may be called again.
 * @throws DanubeError, from every method: `kubernetes_refused` (invalid) and `kubernetes_forbidden` with the server's
 * words and `details.status`; `kubernetes_unavailable` when the signal is a time limit; else the signal's reason.
 */
export class ClusterApi {
  readonly jobsNamespace: string;
  readonly #caller: ApiCaller;
  readonly #policies: Policies;
  #cilium: { readonly present: boolean; readonly until: number } | undefined;

  constructor(
    private readonly connection: ClusterConnection,
    private readonly options: ClusterApiOptions,
    metrics: Metrics,
    private readonly clock: Clock,
  ) {
    this.jobsNamespace = options.jobsNamespace;
    this.#caller = new ApiCaller(metrics, options.limits ?? standardLimits);
    this.#policies = new Policies(connection, this.#caller, options.jobsNamespace);
  }

  /** Makes the namespaces of jobs and of Danube where they are absent. */
  async ensureNamespaces(signal: AbortSignal): Promise<void> {
    const { jobsNamespace, systemNamespace } = this.options;
    for (const name of new Set([jobsNamespace, systemNamespace])) {
      await ensureNamespace(this.connection, this.#caller, name, signal);
    }
  }

  async createPod(pod: V1Pod, signal: AbortSignal): Promise<'created' | 'exists'> {
    const request = { method: 'POST', path: this.#podPath(), body: pod } as const;
    const created = this.#send({ verb: 'create', resource: 'pods' }, request, signal);
    return allowing(
      created.then(() => 'created' as const),
      isThereAlready,
      'exists',
    );
  }

  /** Undefined where there is none. */
  async readPod(name: string, signal: AbortSignal): Promise<V1Pod | undefined> {
    const found = this.#send({ verb: 'get', resource: 'pods' }, { method: 'GET', path: this.#podPath(name) }, signal);
    return (await allowing(found, isAbsent, undefined)) as V1Pod | undefined;
  }

  /** Resolves when the server has taken note; the pod goes within the grace period. One that is gone is done. */
  async deletePod(name: string, graceSeconds: number, signal: AbortSignal): Promise<void> {
    const query = { gracePeriodSeconds: String(graceSeconds) };
    const request = { method: 'DELETE', path: this.#podPath(name), query } as const;
    await allowing(this.#send({ verb: 'delete', resource: 'pods' }, request, signal), isAbsent, undefined);
  }

  /** Adds annotations. A pod that is gone is done. */
  async annotatePod(name: string, annotations: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void> {
    const body = { metadata: { annotations } };
    const request = { method: 'PATCH', path: this.#podPath(name), body, contentType: jsonMerge } as const;
    await allowing(this.#send({ verb: 'patch', resource: 'pods' }, request, signal), isAbsent, undefined);
  }

  /** Starts one more container in a running pod. One of that name is done, whatever it is like. */
  async addEphemeralContainer(pod: string, container: V1EphemeralContainer, signal: AbortSignal): Promise<void> {
    const path = `${this.#podPath(pod)}/ephemeralcontainers`;
    const body = { spec: { ephemeralContainers: [container] } };
    const request = { method: 'PATCH', path, body, contentType: strategicMerge } as const;
    const added = this.#send({ verb: 'patch', resource: 'pods/ephemeralcontainers' }, request, signal);
    try {
      await added;
    } catch (error) {
      // what a container is like cannot be changed, so that one with other details is refused
      if (failureStatus(error) !== 422) throw error;
      const containers = (await this.readPod(pod, signal))?.spec?.ephemeralContainers ?? [];
      if (!containers.some(({ name }) => name === container.name)) throw error;
    }
  }

  createPolicy(policy: Policy, signal: AbortSignal): Promise<void> {
    return this.#policies.create(policy, signal);
  }

  deletePolicy(kind: PolicyKind, name: string, signal: AbortSignal): Promise<void> {
    return this.#policies.delete(kind, name, signal);
  }

  listPolicies(kind: PolicyKind, labelSelector: string, signal: AbortSignal): Promise<readonly PolicyRef[]> {
    return this.#policies.list(kind, labelSelector, signal);
  }

  /** Whether the cluster takes Cilium's network policies. Asked at most every five minutes. */
  async hasCilium(signal: AbortSignal): Promise<boolean> {
    if (this.#cilium !== undefined && this.clock.now() < this.#cilium.until) return this.#cilium.present;
    const group = { method: 'GET', path: '/apis/cilium.io/v2' } as const;
    const asked = this.#send({ verb: 'get', resource: 'apis/cilium.io' }, group, signal);
    const present = (await allowing(asked, isAbsent, undefined)) !== undefined;
    this.#cilium = { present, until: this.clock.now() + ciliumAnswerMs };
    return present;
  }

  /** Whether the server answers and lets Danube see the pods of jobs. */
  async checkHealth(signal: AbortSignal): Promise<void> {
    const request = { method: 'GET', path: this.#podPath(), query: { limit: '1' } } as const;
    await this.#send({ verb: 'list', resource: 'pods' }, request, signal);
  }

  /**
   * Starts a command in a container that runs. The signal ends the opening, and later the stream. That the server cannot
   * do it (400, 404, 500) is a `kubernetes_refused`; that the program is missing is the stream's end.
   */
  exec(request: ExecRequest, signal: AbortSignal): Promise<ExecStream> {
    const times = this.options.heartbeat ?? standardHeartbeat;
    return this.#caller.call(
      { verb: 'create', resource: 'pods/exec' },
      signal,
      (opening) => openExec(this.connection, this.jobsNamespace, request, times, opening, signal),
      // 500 is how a server says that the container does not run
      (refusal) => refusal.passes && refusal.status !== 500,
    );
  }

  /** All pods with these labels, and the version from which on {@link watchPods} tells what changes. */
  async listPods(labelSelector: string, signal: AbortSignal): Promise<PodList> {
    const request = { method: 'GET', path: this.#podPath(), query: { labelSelector } } as const;
    return readPodList(await this.#send({ verb: 'list', resource: 'pods' }, request, signal));
  }

  /** Opens a watch. The signal ends the opening, and later the events; they throw when the connection breaks. */
  watchPods(request: WatchRequest, signal: AbortSignal): Promise<AsyncIterable<WatchEvent>> {
    return this.#caller.call({ verb: 'watch', resource: 'pods' }, signal, (opening) =>
      openWatch(this.connection, this.#podPath(), request, opening, signal),
    );
  }

  #podPath(name?: string): string {
    const pods = `/api/v1/namespaces/${this.jobsNamespace}/pods`;
    return name === undefined ? pods : `${pods}/${name}`;
  }

  #send(operation: Operation, request: ApiRequest, signal: AbortSignal): Promise<unknown> {
    return this.#caller.call(operation, signal, (limit) => sendRequest(this.connection, request, limit));
  }
}
