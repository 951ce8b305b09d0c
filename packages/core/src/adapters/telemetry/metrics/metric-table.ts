export interface MetricDeclaration {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels?: readonly string[];
  /** Upper bounds in seconds, of histograms only. */
  readonly buckets?: readonly number[];
}

const requestSeconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const jobSeconds = [0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200];
const waitSeconds = [0.01, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600];
const transactionSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/** Every metric that Danube reports. Reporting any other name is an error. */
export const metricTable = {
  danube_build_info: { type: 'gauge', help: 'Always 1; the version stands in the label.', labels: ['version'] },
  danube_uptime_seconds: { type: 'gauge', help: 'Seconds since this process started.' },

  danube_jobs_total: { type: 'counter', help: 'Jobs that ended, by final status.', labels: ['status'] },
  danube_jobs_unfinished: { type: 'gauge', help: 'Jobs that have not ended, by status.', labels: ['status'] },
  danube_job_duration_seconds: {
    type: 'histogram',
    help: 'From the start of the coordinator to the end of the job.',
    buckets: jobSeconds,
  },
  danube_job_queue_seconds: {
    type: 'histogram',
    help: 'From the creation of a job to its claim by the queue.',
    buckets: waitSeconds,
  },
  danube_job_timeouts_total: { type: 'counter', help: 'Jobs that passed their deadline.', labels: ['pipeline'] },
  danube_steps_total: { type: 'counter', help: 'Steps that ended, by status.', labels: ['status'] },
  danube_exec_commands_total: {
    type: 'counter',
    help: 'Commands that a runtime was asked to start, by outcome.',
    labels: ['status'],
  },

  danube_secret_cache_size: { type: 'gauge', help: 'Decrypted secrets held in memory for running jobs.' },

  danube_artifact_bytes_total: {
    type: 'counter',
    help: 'Bytes of artifacts that were stored (`upload`) and sent (`download`).',
    labels: ['direction'],
  },

  danube_provenance_generated_total: {
    type: 'counter',
    help: 'Provenance of jobs that was written (`success`), and attempts that failed and are repeated (`failure`).',
    labels: ['status'],
  },
  danube_reaper_deleted_bytes_total: {
    type: 'counter',
    help: 'Bytes that retention has freed, by kind: logs, artifacts, deliveries, jobs (always 0: they are rows), cache.',
    labels: ['kind'],
  },

  danube_http_requests_total: {
    type: 'counter',
    help: 'HTTP requests by the path of the matched route; `unmatched` where there is none.',
    labels: ['method', 'route', 'status'],
  },
  danube_http_request_duration_seconds: {
    type: 'histogram',
    help: 'From the last header of a request to the end of its answer; event streams are left out.',
    labels: ['method', 'route'],
    buckets: requestSeconds,
  },
  danube_grpc_requests_total: {
    type: 'counter',
    help: 'Calls of coordinators over gRPC, by gRPC status.',
    labels: ['method', 'status'],
  },
  danube_rpc_requests_total: {
    type: 'counter',
    help: 'Calls of coordinators as JSON over HTTP, by HTTP status.',
    labels: ['method', 'status'],
  },

  danube_cac_sync_total: {
    type: 'counter',
    help: 'Attempts to bring the config repository into force, by outcome.',
    labels: ['status'],
  },
  danube_cac_sync_last_success: {
    type: 'gauge',
    help: 'When the config repository was last read and found good, in seconds since the epoch.',
  },
  danube_git_clone_total: {
    type: 'counter',
    help: 'Checkouts of source code, by type of the git_authentication entry and outcome.',
    labels: ['auth_method', 'status'],
  },

  danube_commit_status_reports_total: {
    type: 'counter',
    help: 'Attempts to tell a forge how a job stands, by outcome.',
    labels: ['forge', 'status'],
  },
  danube_plugin_calls_total: {
    type: 'counter',
    help: 'Calls into plugins, by outcome.',
    labels: ['plugin', 'point', 'method', 'status'],
  },
  danube_webhook_requests_total: {
    type: 'counter',
    help: 'Received webhooks that were worked on, by whether a pipeline builds their repository.',
    labels: ['forge', 'matched'],
  },
  danube_cron_triggers_total: { type: 'counter', help: 'Jobs started by a schedule.', labels: ['pipeline'] },

  danube_db_transactions_total: { type: 'counter', help: 'Write transactions by outcome.', labels: ['status'] },
  danube_db_transaction_seconds: {
    type: 'histogram',
    help: 'Duration of write transactions, without the wait for the writer.',
    buckets: transactionSeconds,
  },

  danube_k8s_api_calls_total: {
    type: 'counter',
    help: 'Attempts to call the API of Kubernetes, by HTTP status; `network` where there was no answer.',
    labels: ['operation', 'status'],
  },
  danube_pod_lifecycle_events_total: {
    type: 'counter',
    help: 'What pods of jobs went through, each once a pod: created, scheduled, running, succeeded, failed, deleted.',
    labels: ['event'],
  },

  danube_log_bytes_total: { type: 'counter', help: 'Bytes written to job logs.' },
  danube_log_lines_total: { type: 'counter', help: 'Lines written to job logs.' },
  danube_log_viewers: { type: 'gauge', help: 'Open live views of job logs.' },
  danube_log_skipped_bytes_total: {
    type: 'counter',
    help: 'Bytes that slow live viewers were moved past; the stored logs have them.',
  },
} as const satisfies Readonly<Record<string, MetricDeclaration>>;

export type MetricName = keyof typeof metricTable;
