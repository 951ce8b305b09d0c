import type { InstanceSettings } from '../../domain/config/configuration.js';
import { defaultSettings } from '../../domain/config/default-settings.js';
import { parseDuration } from '../../domain/time/duration.js';
import type { ConfigSpec } from './schemas/config-spec.js';
import { toKubernetesSettings } from './to-kubernetes.js';
import { toIntegrations } from './to-integrations.js';

export function toSettings(spec: ConfigSpec): InstanceSettings {
  const { jobs, logs, artifacts, observability, cors, retention } = defaultSettings;
  return {
    jobs: {
      maxConcurrent: spec.jobs?.max_concurrent ?? jobs.maxConcurrent,
      defaultTimeoutMs: parseDuration(spec.jobs?.default_timeout ?? '') ?? jobs.defaultTimeoutMs,
    },
    logs: { maxBytesPerJob: spec.logs?.max_bytes_per_job ?? logs.maxBytesPerJob },
    artifacts: { maxBytesPerJob: spec.artifacts?.max_bytes_per_job ?? artifacts.maxBytesPerJob },
    observability: { otlpEndpoint: spec.observability?.otlp_endpoint ?? observability.otlpEndpoint },
    cors: { origins: spec.cors?.origins ?? cors.origins },
    retention: {
      jobsDays: spec.retention?.jobs_days ?? retention.jobsDays,
      logsDays: spec.retention?.logs_days ?? retention.logsDays,
      artifactsDays: spec.retention?.artifacts_days ?? retention.artifactsDays,
      deliveriesDays: spec.retention?.deliveries_days ?? retention.deliveriesDays,
      unmatchedDeliveriesDays: spec.retention?.unmatched_deliveries_days ?? retention.unmatchedDeliveriesDays,
      cacheDays: spec.retention?.cache_days ?? retention.cacheDays,
      intervalHours: spec.retention?.interval_hours ?? retention.intervalHours,
      minFreeBytes: spec.retention?.min_free_bytes ?? retention.minFreeBytes,
    },
    kubernetes: toKubernetesSettings(spec.kubernetes ?? {}),
    integrations: toIntegrations(spec),
  };
}
