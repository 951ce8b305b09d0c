import type { CheckoutProgram } from '../../../services/ports/checkout-program.js';
import type { Clock } from '../../../services/ports/clock.js';
import type { JobSpec } from '../../../services/ports/job-runtime.js';
import type { CheckoutReport, CheckoutRequest } from '../../../services/ports/source-checkout.js';
import type { ClusterApi } from '../api/cluster-api.js';
import type { ObservedPod, PodStates } from '../attend/pod-states.js';
import { podManifest, type PodSettings } from '../manifest/pod-manifest.js';
import type { JobMirror } from '../mirror/job-mirror.js';
import { podFailed } from '../pod-failed.js';
import { containers, mounts, objectName } from '../pod-layout.js';
import { connectionScript, deliveryScript } from '../scripts/delivery.js';
import { checkoutOutcome } from '../state/checkout-outcome.js';
import { endReason } from '../state/pod-state.js';
import { CheckoutDelivery } from './checkout-delivery.js';
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
   * Goes on wherever an earlier call, also of an earlier master, has got to. `asked` is aborted when the coordinator has
   * asked for something: then it runs, although the cluster may say so only a moment later.
   * @throws DanubeError of the checkout, or `pod_failed` with the reason; the pod is gone then. When the signal aborts it
   * may still be there.
   */
  async execute(job: JobSpec, mirror: JobMirror, asked: AbortSignal, signal: AbortSignal): Promise<CheckoutReport> {
    const request = checkoutRequest(job);
    const plan = await this.parts.checkout.plan(request, mounts.credentials);
    const script = deliveryScript(makeDelivery(job, plan, this.parts.programs));
    try {
      await this.parts.network.open(job, signal);
      await this.#create(job, signal);
      const observing = { asked, signal };
      return await this.#accompany(job, request, script, mirror, observing);
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
    { asked, signal }: { readonly asked: AbortSignal; readonly signal: AbortSignal },
  ): Promise<CheckoutReport> {
    const { api, states, checkout } = this.parts;
    const pod = objectName(job.jobId);
    const delivery = new CheckoutDelivery(api, { pod, container: containers.checkout, script }, signal);
    try {
      for await (const observed of states.of(pod, job.pod, AbortSignal.any([signal, delivery.failed]), asked)) {
        const { state } = observed;
        const outcome = checkoutOutcome(observed.pod);
        const reason = endReason(state);
        if (reason !== undefined) throw podFailed(reason);
        if (state.kind === 'checkout_failed') checkout.read(request, state);
        if (isAboutToCheckOut(observed)) delivery.expectContainer();
        if (state.kind === 'checking_out') delivery.begin();
        if (state.kind === 'running' || (asked.aborted && outcome !== undefined)) {
          const connection = { pod, container: containers.coordinator, script: connectionScript(connectionText(job)) };
          // another attempt has brought another token
          if (!delivery.hasBegun) await deliver(api, connection, signal);
          await mirror.markStarted();
          return outcome === undefined ? { warnings: [] } : checkout.read(request, outcome);
        }
      }
    } finally {
      await delivery.stop();
    }
    signal.throwIfAborted();
    throw delivery.failed.reason as Error;
  }
}

function isAboutToCheckOut({ pod, state }: ObservedPod): boolean {
  const isPlaced = pod?.spec?.nodeName !== undefined;
  return isPlaced && state.kind === 'waiting' && state.problem === undefined && checkoutOutcome(pod) === undefined;
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
