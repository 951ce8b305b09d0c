import type { CheckoutProgram } from '../../../services/ports/checkout-program.js';
import type { Clock } from '../../../services/ports/clock.js';
import type { JobSpec } from '../../../services/ports/job-runtime.js';
import type { CheckoutReport, CheckoutRequest } from '../../../services/ports/source-checkout.js';
import type { ClusterApi } from '../api/cluster-api.js';
import type { PodStates } from '../attend/pod-states.js';
import { podManifest, type PodSettings } from '../manifest/pod-manifest.js';
import type { JobMirror } from '../mirror/job-mirror.js';
import { podFailed } from '../pod-failed.js';
import { containers, mounts, objectName } from '../pod-layout.js';
import { connectionScript, deliveryScript } from '../scripts/delivery.js';
import { checkoutOutcome } from '../state/checkout-outcome.js';
import { endReason } from '../state/pod-state.js';
import { deliver } from './deliver.js';
import type { JobNetwork } from './job-network.js';
import { connectionText, makeDelivery, type DeliveryPrograms } from './make-delivery.js';
import { removePod } from './remove-pod.js';

export interface StartPodParts {
  readonly api: ClusterApi;
  readonly states: PodStates;
  readonly network: JobNetwork;
  readonly checkout: CheckoutProgram;
  readonly clock: Clock;
  readonly settings: PodSettings;
  readonly programs: DeliveryPrograms;
}

/** Brings the pod of a job to where its coordinator runs. */
export class StartPod {
  constructor(private readonly parts: StartPodParts) {}

  /**
   * Goes on wherever an earlier call, also of an earlier master, has got to.
   * @throws DanubeError of the checkout, or `pod_failed` with the reason; the pod is gone then. When the signal aborts it
   * may still be there.
   */
  async execute(job: JobSpec, mirror: JobMirror, signal: AbortSignal): Promise<CheckoutReport> {
    const request = checkoutRequest(job);
    const plan = await this.parts.checkout.plan(request, mounts.credentials);
    const script = deliveryScript(makeDelivery(job, plan, this.parts.programs));
    try {
      await this.parts.network.open(job, signal);
      await this.#create(job, signal);
      return await this.#accompany(job, request, script, mirror, signal);
    } catch (error) {
      if (!signal.aborted) {
        await removePod(this.parts, objectName(job.jobId), signal);
        await this.parts.network.close(job.jobId, signal);
      }
      throw error;
    }
  }

  /** One that is still being deleted, as after an attempt that failed, makes room first. */
  async #create(job: JobSpec, signal: AbortSignal): Promise<void> {
    const name = objectName(job.jobId);
    const manifest = podManifest(job, this.parts.settings, this.parts.clock.now());
    while ((await this.parts.api.createPod(manifest, signal)) === 'exists') {
      const existing = await this.parts.api.readPod(name, signal);
      if (existing !== undefined && existing.metadata?.deletionTimestamp === undefined) return;
      await removePod(this.parts, name, signal);
    }
  }

  async #accompany(
    job: JobSpec,
    request: CheckoutRequest,
    script: string,
    mirror: JobMirror,
    signal: AbortSignal,
  ): Promise<CheckoutReport> {
    const { api, states, checkout } = this.parts;
    const pod = objectName(job.jobId);
    const left = new AbortController();
    const failed = new AbortController();
    let delivering: Promise<void> | undefined;
    try {
      for await (const observed of states.of(pod, job.pod, AbortSignal.any([signal, failed.signal]))) {
        const { state } = observed;
        const reason = endReason(state);
        if (reason !== undefined) throw podFailed(reason);
        if (state.kind === 'checkout_failed') checkout.read(request, state);
        if (state.kind === 'checking_out') {
          const target = { pod, container: containers.checkout, script };
          delivering ??= deliver(api, target, AbortSignal.any([signal, left.signal])).catch((error: unknown) => {
            if (!left.signal.aborted) failed.abort(error);
          });
        }
        if (state.kind === 'running') {
          const connection = { pod, container: containers.coordinator, script: connectionScript(connectionText(job)) };
          // another attempt has brought another token
          if (delivering === undefined) await deliver(api, connection, signal);
          await mirror.markStarted();
          return checkout.read(request, checkoutOutcome(observed.pod));
        }
      }
    } finally {
      left.abort();
      await delivering;
    }
    signal.throwIfAborted();
    throw failed.signal.reason as Error;
  }
}

function checkoutRequest(job: JobSpec): CheckoutRequest {
  const { repositoryUrl, commit, ref } = job.source;
  return {
    repositoryUrl,
    commit,
    ref,
    destination: mounts.workspace,
    submodules: job.cloneSubmodules,
    depth: job.cloneDepth,
    access: job.access,
  };
}
