import { defaultKubernetesSettings } from '../kubernetes/kubernetes-settings.js';
import type { InstanceSettings } from './configuration.js';

/** What holds where the config repository says nothing. */
export const defaultSettings: InstanceSettings = {
  jobs: { maxConcurrent: 4, defaultTimeoutMs: 3_600_000 },
  logs: { maxBytesPerJob: 1024 * 1024 * 1024 },
  artifacts: { maxBytesPerJob: 10 * 1024 * 1024 * 1024 },
  observability: { otlpEndpoint: undefined },
  cors: { origins: [] },
  retention: {
    jobsDays: 365,
    logsDays: 30,
    artifactsDays: 30,
    deliveriesDays: 30,
    unmatchedDeliveriesDays: 7,
    cacheDays: 30,
    intervalHours: 1,
    minFreeBytes: 1024 * 1024 * 1024,
  },
  kubernetes: defaultKubernetesSettings,
  integrations: { plugins: [], forges: [], gitAuthMethods: [], notifiers: [], builders: [], storages: [] },
};
