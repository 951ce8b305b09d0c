import type { JobSpec } from '../../../services/ports/job-runtime.js';
import type { Logger } from '../../../services/ports/logger.js';
import type { ClusterApi } from '../api/cluster-api.js';
import type { PolicyKind } from '../api/policies.js';
import { namesToResolve } from '../manifest/network/job-destinations.js';
import { networkPolicy } from '../manifest/network/network-policy.js';
import { objectName } from '../pod-layout.js';
import { resolvePrivateNames } from './resolve-private-names.js';

export interface JobNetworkParts {
  readonly api: ClusterApi;
  readonly systemNamespace: string;
  readonly namespace: string;
  readonly instanceId: string;
  readonly logger: Logger;
}

/** What the pods of jobs may connect to: one policy a job, there before its pod and until after it. */
export class JobNetwork {
  readonly #told = new Set<string>();

  constructor(private readonly parts: JobNetworkParts) {}

  /** Restricts the pod that is about to be made. Doing it again does nothing. */
  async open(job: JobSpec, signal: AbortSignal): Promise<void> {
    const cilium = await this.parts.api.hasCilium(signal);
    const resolved = cilium ? {} : await resolvePrivateNames(namesToResolve(job, this.parts));
    const { policy, notEnforced } = networkPolicy(job, { ...this.parts, cilium, resolved });
    for (const gap of notEnforced) this.#tell(job.pipelineId, gap);
    await this.parts.api.createPolicy(policy, signal);
  }

  async close(jobId: string, signal: AbortSignal): Promise<void> {
    await this.parts.api.deletePolicy(await this.#kind(signal), objectName(jobId), signal);
  }

  /** The jobs that have a policy. */
  async listJobs(labelSelector: string, signal: AbortSignal): Promise<readonly string[]> {
    const policies = await this.parts.api.listPolicies(await this.#kind(signal), labelSelector, signal);
    return policies.flatMap(({ jobId }) => (jobId === undefined ? [] : [jobId]));
  }

  async #kind(signal: AbortSignal): Promise<PolicyKind> {
    return (await this.parts.api.hasCilium(signal)) ? 'CiliumNetworkPolicy' : 'NetworkPolicy';
  }

  /** Once for each pipeline: its next job says nothing new. */
  #tell(pipelineId: string, gap: string): void {
    const news = `${pipelineId}: ${gap}`;
    if (this.#told.has(news)) return;
    this.#told.add(news);
    this.parts.logger.warn('a network policy restricts less than the configuration says', {
      pipeline_id: pipelineId,
      gap,
    });
  }
}
