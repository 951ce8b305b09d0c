import type { ApiCaller } from './api-caller.js';
import { allowing, isAbsent, isThereAlready } from './api-failure.js';
import type { ClusterConnection } from './cluster-connection.js';
import { sendRequest } from './send-request.js';
import { labels } from '../pod-layout.js';

export type PolicyKind = 'NetworkPolicy' | 'CiliumNetworkPolicy';

/** A network policy as the API server takes it. */
export interface Policy {
  readonly apiVersion: string;
  readonly kind: PolicyKind;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
}

export interface PolicyRef {
  readonly name: string;
  /** Of the label; undefined where it has none. */
  readonly jobId: string | undefined;
}

interface PolicyList {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  }[];
}

const resources = {
  NetworkPolicy: { group: 'networking.k8s.io/v1', name: 'networkpolicies' },
  CiliumNetworkPolicy: { group: 'cilium.io/v2', name: 'ciliumnetworkpolicies' },
} as const;

/** The network policies of one namespace, of both kinds. */
export class Policies {
  constructor(
    private readonly connection: ClusterConnection,
    private readonly caller: ApiCaller,
    private readonly namespace: string,
  ) {}

  /** One that is there already is done. */
  async create(policy: Policy, signal: AbortSignal): Promise<void> {
    const { name } = resources[policy.kind];
    const created = this.caller.call({ verb: 'create', resource: name }, signal, (limit) =>
      sendRequest(this.connection, { method: 'POST', path: this.#path(policy.kind), body: policy }, limit),
    );
    await allowing(created, isThereAlready, undefined);
  }

  /** One that is gone is done. */
  async delete(kind: PolicyKind, name: string, signal: AbortSignal): Promise<void> {
    const path = `${this.#path(kind)}/${name}`;
    const deleted = this.caller.call({ verb: 'delete', resource: resources[kind].name }, signal, (limit) =>
      sendRequest(this.connection, { method: 'DELETE', path }, limit),
    );
    await allowing(deleted, isAbsent, undefined);
  }

  /** None where the cluster does not know the kind. */
  async list(kind: PolicyKind, labelSelector: string, signal: AbortSignal): Promise<readonly PolicyRef[]> {
    const request = { method: 'GET', path: this.#path(kind), query: { labelSelector } } as const;
    const listed = this.caller.call({ verb: 'list', resource: resources[kind].name }, signal, (limit) =>
      sendRequest(this.connection, request, limit),
    );
    const list = (await allowing(listed, isAbsent, { items: [] })) as PolicyList;
    return list.items.map(({ metadata }) => ({ name: metadata.name, jobId: metadata.labels?.[labels.job] }));
  }

  #path(kind: PolicyKind): string {
    const { group, name } = resources[kind];
    return `/apis/${group}/namespaces/${this.namespace}/${name}`;
  }
}
