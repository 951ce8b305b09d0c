import { defaultSettings } from '../../../domain/config/default-settings.js';
import { duration, integer, listOf, object, pattern } from './common.js';
import { integrationsSchemas, type IntegrationsSpec } from './integrations-spec.js';
import { kubernetesSettingsSchema, type KubernetesSettingsYaml } from './kubernetes-settings-spec.js';

const { jobs, logs, artifacts, retention } = defaultSettings;

export interface ConfigSpec extends IntegrationsSpec {
  readonly jobs?: { readonly max_concurrent?: number; readonly default_timeout?: string };
  readonly logs?: { readonly max_bytes_per_job?: number };
  readonly artifacts?: { readonly max_bytes_per_job?: number };
  readonly observability?: { readonly otlp_endpoint?: string };
  readonly cors?: { readonly origins?: readonly string[] };
  readonly retention?: {
    readonly jobs_days?: number;
    readonly logs_days?: number;
    readonly artifacts_days?: number;
    readonly deliveries_days?: number;
    readonly unmatched_deliveries_days?: number;
    readonly cache_days?: number;
    readonly interval_hours?: number;
    readonly min_free_bytes?: number;
  };
  readonly kubernetes?: KubernetesSettingsYaml;
}

const days = (what: string, standard: number) =>
  integer(1, 36_500, `Days after which the ${what} are removed. Default: ${standard}.`);

export const configSpecSchema = object(
  {
    jobs: object(
      {
        max_concurrent: integer(
          1,
          10_000,
          `How many jobs may run at once on the whole instance. Default: ${jobs.maxConcurrent}.`,
        ),
        default_timeout: duration('Timeout of pipelines that name none. Default: "1h".'),
      },
      [],
      'Limits for all jobs.',
    ),
    logs: object(
      {
        max_bytes_per_job: integer(
          1024,
          1024 ** 4,
          `Largest log of one job, in bytes. Default: ${logs.maxBytesPerJob} (1 GiB).`,
        ),
      },
      [],
      'Limits for job logs.',
    ),
    artifacts: object(
      {
        max_bytes_per_job: integer(
          1024,
          1024 ** 5,
          `Bytes that the artifacts of one job may have together, as they are stored. Default: ${artifacts.maxBytesPerJob} (10 GiB).`,
        ),
      },
      [],
      'Limits for artifacts.',
    ),
    observability: object(
      {
        otlp_endpoint: pattern(
          '^https?://[^\\s/@]+(/\\S*)?$',
          'an http or https URL without user name, for example "http://collector:4318"',
          'OpenTelemetry collector that receives traces over OTLP/HTTP. Default: none, nothing is sent.',
        ),
      },
      [],
      'Traces.',
    ),
    cors: object(
      {
        origins: listOf(
          pattern(
            '^https?://[^\\s/@]+$',
            'scheme, host and port only, for example "https://dash.example.com"',
            'One origin.',
          ),
          'Web origins whose pages may call the API from a browser. Default: none.',
        ),
      },
      [],
      'Access from other web pages.',
    ),
    retention: object(
      {
        jobs_days: integer(
          1,
          36_500,
          `Days after which the record of a finished job is removed with its steps, but not before its log and its artifacts. Default: ${retention.jobsDays}.`,
        ),
        logs_days: days('logs of a finished job', retention.logsDays),
        artifacts_days: days('artifacts of a finished job', retention.artifactsDays),
        deliveries_days: days('records of received webhooks', retention.deliveriesDays),
        unmatched_deliveries_days: days('webhooks that no pipeline took', retention.unmatchedDeliveriesDays),
        cache_days: days('cached repositories that no job uses', retention.cacheDays),
        interval_hours: integer(
          1,
          24,
          `Hours from one run of the reaper, which removes all this, to the next. Default: ${retention.intervalHours}.`,
        ),
        min_free_bytes: integer(
          0,
          1024 ** 5,
          `With less room than this on the disk of the data directory the reaper runs at once, and also removes the caches that no job uses. 0: never. Default: ${retention.minFreeBytes} (1 GiB).`,
        ),
      },
      [],
      'How long results are kept.',
    ),
    kubernetes: kubernetesSettingsSchema,
    ...integrationsSchemas,
  },
  [],
  'Settings of the whole instance.',
);
