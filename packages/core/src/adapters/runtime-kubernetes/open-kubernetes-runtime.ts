import type { KubernetesSettings } from '../../domain/kubernetes/kubernetes-settings.js';
import type { CheckoutProgram } from '../../services/ports/checkout-program.js';
import type { Clock } from '../../services/ports/clock.js';
import type { LoggerFactory } from '../../services/ports/logger.js';
import type { Metrics } from '../../services/ports/metrics.js';
import { ClusterApi } from './api/cluster-api.js';
import type { ClusterConnection } from './api/cluster-connection.js';
import { PodWatch } from './api/pod-watch.js';
import { PodStates } from './attend/pod-states.js';
import { KubernetesRuntime } from './kubernetes-runtime.js';
import { labels } from './pod-layout.js';
import { JobNetwork } from './start/job-network.js';
import type { DeliveryPrograms } from './start/make-delivery.js';
import { StartPod } from './start/start-pod.js';
import { StartStep } from './steps/start-step.js';

export interface KubernetesRuntimeSetup {
  readonly connection: ClusterConnection;
  readonly jobsNamespace: string;
  readonly systemNamespace: string;
  /** Image of checkout and coordinator. */
  readonly coordinatorImage: string;
  /** Tells this master's pods from those of another one in the same namespace. */
  readonly instanceId: string;
  readonly dataDir: string;
  readonly programs: DeliveryPrograms;
  /** The settings in force, asked for each use. */
  readonly settings: () => KubernetesSettings;
  readonly checkout: CheckoutProgram;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly loggers: LoggerFactory;
}

/** Puts the runtime together and lets it begin to watch; it asks the cluster for nothing before that. */
export function openKubernetesRuntime(setup: KubernetesRuntimeSetup): KubernetesRuntime {
  const { jobsNamespace, systemNamespace, coordinatorImage, instanceId, clock, metrics, checkout } = setup;
  const logger = setup.loggers.forTarget('danube.kubernetes');
  const labelSelector = `${labels.instance}=${instanceId}`;
  const api = new ClusterApi(setup.connection, { jobsNamespace, systemNamespace }, metrics, clock);
  const watch = new PodWatch(api, { labelSelector }, metrics, logger);
  const states = new PodStates(api, watch, clock);
  const network = new JobNetwork({ api, systemNamespace, namespace: jobsNamespace, instanceId, logger });
  const settings = { coordinatorImage, instanceId, namespace: jobsNamespace };
  const programs = setup.programs;
  const runtime = new KubernetesRuntime(
    { dataDir: setup.dataDir, closeConnection: () => setup.connection.close() },
    {
      api,
      watch,
      states,
      network,
      startPod: new StartPod({ api, states, network, checkout, clock, settings, programs }),
      startStep: new StartStep({ api, watch, clock }),
      clock,
      logger,
      settings: setup.settings,
      labelSelector,
    },
  );
  runtime.open();
  return runtime;
}
