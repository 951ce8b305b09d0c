// Written by "npm run generate" from docs/reference/openapi.yaml.

export interface paths {
  '/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the server answers at all */
    get: operations['getHealth'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether everything works that the server needs */
    get: operations['getReadiness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Metrics in the text format of Prometheus
     * @description Open or closed as `[server] metrics_public` says. docs/reference/metrics.md lists the names.
     */
    get: operations['getMetrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/one-time': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Exchange a one-time token for a browser session
     * @description The token of the address that a start prints works once. The answer sets the session cookie.
     */
    post: operations['redeemOneTimeToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who is logged in */
    get: operations['getSession'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End the browser session */
    post: operations['logOut'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/pipelines': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Pipelines of the active configuration, by name */
    get: operations['listPipelines'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/pipelines/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One pipeline with all of its settings */
    get: operations['getPipeline'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/pipelines/{id}/branches': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Branches of the repository of a pipeline, as they are now
     * @description Asks the server of the repository. At most the first 1,000.
     */
    get: operations['listPipelineBranches'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/pipelines/{id}/trigger': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Start a job now
     * @description Without `branch`, `ref` and `commit`, the head of the pipeline’s own branch is built. While a job of the same pipeline, ref and commit has not ended, that job is answered instead of a new one.
     */
    post: operations['triggerPipeline'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Jobs, newest first */
    get: operations['listJobs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One job with its steps and artifacts */
    get: operations['getJob'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel a job
     * @description Idempotent: a job that has ended stays as it is, and is answered.
     */
    post: operations['cancelJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/{id}/rerun': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Run the commit of a job once more
     * @description With the same extra environment, as the pipeline is configured now. While a job of the same pipeline, ref and commit has not ended, that job is answered instead of a new one.
     */
    post: operations['rerunJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/{id}/logs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The log of a job as text, whole or in part
     * @description Choose a part by bytes (`from`, `to`), by lines (`lines`) or by the `Range` header. The headers `X-Log-Size` and `X-Log-Lines` give the length of the log so far, `X-Log-From` and `X-Log-To` the bytes of the answer. An unfinished job has an empty log until it is claimed.
     */
    get: operations['getJobLog'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/{id}/logs/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The log of a job as it grows, as server-sent events
     * @description docs/http-api.md describes the events `log`, `status`, `skipped` and `end`.
     */
    get: operations['streamJobLog'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/{id}/logs/sections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Which step printed which lines of the log
     * @description In the order of the lines. Steps that run at the same time have many sections.
     */
    get: operations['listLogSections'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/{id}/logs/search': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Numbers of the lines that hold a text, as server-sent events
     * @description docs/http-api.md describes the events `found`, `end` and `error`.
     */
    get: operations['searchJobLog'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Artifacts of all jobs, newest first */
    get: operations['listArtifacts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/{id}/artifacts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Artifacts of a job, by name, all at once */
    get: operations['listJobArtifacts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/{id}/artifacts/{name}.sig': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The signature of an artifact: 64 bytes, Ed25519, over the 32 bytes of its SHA-256 */
    get: operations['getArtifactSignature'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/{id}/artifacts/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * An artifact as a .tar.gz archive, whole or in part
     * @description `ETag` is the SHA-256 of the archive, so that `If-None-Match` and `If-Range` work. `HEAD` answers the same without the archive.
     */
    get: operations['getArtifact'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/{id}/provenance': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How the artifacts of a job came about, signed
     * @description There is one once a job with artifacts has succeeded, and it never changes. `provenance_pending` (503) says that it is being written.
     */
    get: operations['getProvenance'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/signing-key': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The public key that signatures of this server are checked with, as PEM */
    get: operations['getSigningKey'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks/{forge}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take a webhook in
     * @description For forges. The delivery is stored, then answered, then worked on: whether it is genuine and what it starts is in its verdicts. A body has at most 25 MiB. 503 asks to send it again.
     */
    post: operations['receiveWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/webhooks/{forge}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take a webhook in, at a shorter address
     * @description For forges. The delivery is stored, then answered, then worked on: whether it is genuine and what it starts is in its verdicts. A body has at most 25 MiB. 503 asks to send it again.
     */
    post: operations['receiveWebhookShort'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Received webhooks, newest first */
    get: operations['listDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One delivery with its headers and its verdict for each pipeline */
    get: operations['getDelivery'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries/{id}/body': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The body of a delivery, byte by byte as it came */
    get: operations['getDeliveryBody'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/deliveries/{id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Work on a delivery once more
     * @description Makes a new delivery of the same headers and body. It is verified again.
     */
    post: operations['replayDelivery'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/secrets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Names of all secrets, of every scope
     * @description Never their values. By name, all at once.
     */
    get: operations['listSecrets'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/pipelines/{id}/secrets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Names of the secrets that a pipeline sees, and where each comes from
     * @description Of several with one name only the nearest: its own, else its team’s, else the one of the instance.
     */
    get: operations['listPipelineSecrets'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/secrets/recipient': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The public key that secrets in the config repository are sealed for
     * @description It opens nothing. `danube secret seal` uses it, and so can any age tool.
     */
    get: operations['getSecretRecipient'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/secrets/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Store a secret, or replace its value
     * @description Without `team` and `pipeline`, the one of the whole instance.
     */
    put: operations['setSecret'];
    post?: never;
    /**
     * Remove a secret
     * @description Without `team` and `pipeline`, the one of the whole instance.
     */
    delete: operations['removeSecret'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who set, removed and asked for which secret, newest first */
    get: operations['listAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether the audit log is as it was written
     * @description Computes the hash of every entry again.
     */
    get: operations['verifyAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reaper': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Remove now what was kept for as long as retention says
     * @description Answers when it is done; a run that is going on is waited for first.
     */
    post: operations['runReaper'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reaper/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Compare the files of logs and artifacts with the rows that name them
     * @description With `repair`, files that nothing names are removed, and what names a file that is gone does so no more. Safe while jobs run.
     */
    post: operations['checkStorage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/config': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The commit of the config repository in force, and how the last syncs went */
    get: operations['getConfig'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/config/sync': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Read the config repository now
     * @description Answers when it is done. A commit with problems is not applied: status `failed` lists them, and the configuration in force stays.
     */
    post: operations['syncConfig'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plugins': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The plugins of this server and how they stand
     * @description What is built in comes first, then the plugins in the order of the configuration.
     */
    get: operations['listPlugins'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Which jobs change, as server-sent events
     * @description docs/http-api.md describes the events `ready` and `jobs`.
     */
    get: operations['streamEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    ConfigProblem: {
      file: string;
      /** @description Counted from 1, like the column. */
      line: number;
      column: number;
      /** @description Where in the document, for example `spec.triggers[0].branches`. */
      path: string;
      message: string;
      suggestion?: string;
    };
    ConfigStatus: {
      /** @description Absent where none is set. */
      repository?: {
        /** @description Without credentials. */
        url: string;
        branch: string;
      };
      current?: {
        commit: string;
        /**
         * Format: date-time
         * @description When it came into force.
         */
        applied_at: string;
      };
      syncs: {
        id: number;
        commit?: string;
        /** @enum {string} */
        status: 'applied' | 'failed';
        /**
         * Format: date-time
         * @description When the attempt began.
         */
        started_at: string;
        /**
         * Format: date-time
         * @description When the attempt ended.
         */
        finished_at: string;
        problems: components['schemas']['ConfigProblem'][];
      }[];
    };
    ConfigSyncOutcome: {
      /** @enum {string} */
      status: 'applied' | 'unchanged' | 'failed';
      /** @description Absent where the repository could not be read. */
      commit?: string;
      problems: components['schemas']['ConfigProblem'][];
      changes: string[];
      /** @description Plugins of the configuration that is in force now which are left out, or work in part. */
      plugin_failures: {
        package: string;
        /** @enum {string} */
        status: 'degraded' | 'quarantined';
        /** @description Why it is not simply loaded, and which entries are left out. */
        reason: string;
      }[];
    };
    Delivery: {
      /** Format: uuid */
      id: string;
      /** @description Name of the entry of `forges`. */
      forge: string;
      /** @description The forge’s own id of it. */
      forge_delivery_id?: string;
      /**
       * @description The forge sent it, its history told of it later, or it is a replay.
       * @enum {string}
       */
      source: 'webhook' | 'history' | 'replay';
      /** @description The delivery that this one repeats. */
      replay_of?: string;
      /**
       * Format: date-time
       * @description When it was stored.
       */
      received_at: string;
      body_bytes: number;
      /** @enum {string} */
      status: 'received' | 'processed' | 'failed';
      /** @description Attempts that failed for a reason that may pass. */
      attempts: number;
      /**
       * Format: date-time
       * @description When it is worked on again; while it waits for that only.
       */
      next_attempt_at?: string;
      /**
       * Format: date-time
       * @description When the work on it ended.
       */
      processed_at?: string;
      /**
       * @description What it turned out to be; absent until it was worked on.
       * @enum {string}
       */
      event?: 'push' | 'pull_request' | 'ignored' | 'unverified' | 'unreadable';
      /** @description As the forge names it. */
      repository?: string;
      ref?: string;
      commit?: string;
      /** @description Whether any pipeline builds the repository. */
      matched?: boolean;
      /** @description Whether the secret of any of them signed it. */
      verified?: boolean;
      /** @description What it came to, in words; before that, why the last attempt failed. */
      reason?: string;
      /** @description How many pipelines have each kind of verdict. */
      verdict_counts: {
        triggered: number;
        duplicate: number;
        skipped: number;
        rejected: number;
      };
    };
    DeliveryDetail: {
      /** Format: uuid */
      id: string;
      /** @description Name of the entry of `forges`. */
      forge: string;
      /** @description The forge’s own id of it. */
      forge_delivery_id?: string;
      /**
       * @description The forge sent it, its history told of it later, or it is a replay.
       * @enum {string}
       */
      source: 'webhook' | 'history' | 'replay';
      /** @description The delivery that this one repeats. */
      replay_of?: string;
      /**
       * Format: date-time
       * @description When it was stored.
       */
      received_at: string;
      body_bytes: number;
      /** @enum {string} */
      status: 'received' | 'processed' | 'failed';
      /** @description Attempts that failed for a reason that may pass. */
      attempts: number;
      /**
       * Format: date-time
       * @description When it is worked on again; while it waits for that only.
       */
      next_attempt_at?: string;
      /**
       * Format: date-time
       * @description When the work on it ended.
       */
      processed_at?: string;
      /**
       * @description What it turned out to be; absent until it was worked on.
       * @enum {string}
       */
      event?: 'push' | 'pull_request' | 'ignored' | 'unverified' | 'unreadable';
      /** @description As the forge names it. */
      repository?: string;
      ref?: string;
      commit?: string;
      /** @description Whether any pipeline builds the repository. */
      matched?: boolean;
      /** @description Whether the secret of any of them signed it. */
      verified?: boolean;
      /** @description What it came to, in words; before that, why the last attempt failed. */
      reason?: string;
      /** @description Names in lower case. Values that are secret are `[redacted]`. */
      headers: {
        [key: string]: string;
      };
      /** @description By pipeline. */
      verdicts: {
        pipeline_id: string;
        /** @enum {string} */
        outcome: 'triggered' | 'duplicate' | 'skipped' | 'rejected';
        /** @description Why, in words. */
        reason: string;
        /** @description The job that was triggered, or that stood for it already. */
        job_id?: string;
      }[];
    };
    /** @description A signed document (DSSE). */
    Envelope: {
      /** @description `application/vnd.in-toto+json`. */
      payloadType: string;
      /** @description The statement as JSON, in base64. */
      payload: string;
      signatures: {
        /** @description SHA-256 of the public key in DER, in lower-case hexadecimal. */
        keyid: string;
        /** @description Ed25519, in base64. */
        sig: string;
      }[];
    };
    Error: {
      error: {
        /** @description Stable name of the error; see docs/reference/errors.md. */
        code: string;
        /** @description For people: what is wrong and what to do. */
        message: string;
        details: {
          [key: string]: unknown;
        };
        /** @description Stands in the log lines of this request too. */
        request_id: string;
      };
    };
    Health: {
      /** @enum {string} */
      status: 'ok';
    };
    Identity: {
      /** @description Who is logged in. */
      name: string;
    };
    Job: {
      /** Format: uuid */
      id: string;
      /** @description Counts up by one within the pipeline. */
      number: number;
      pipeline_id: string;
      /** @description Name of the pipeline. */
      pipeline: string;
      /** @enum {string} */
      status: 'pending' | 'scheduling' | 'running' | 'success' | 'failure' | 'timeout' | 'cancelled';
      /** @description Why it ended as it did; absent for a plain success. */
      reason?: string;
      trigger: {
        /** @enum {string} */
        type: 'manual' | 'webhook' | 'cron' | 'cli';
        /** @description What the trigger named, for example a ref or a cron expression. */
        ref: string;
        /** @description Who or what asked for the job. */
        actor: string;
      };
      source: {
        repository: string;
        ref: string;
        /** @description Short name of the branch or tag. */
        branch: string;
        commit: string;
      };
      /** @description The pull request that the job tests. */
      pull_request?: {
        number: number;
        /** @description Short name of the branch that it is to be merged into. */
        target_branch: string;
        /** @description Its commits come from another repository. */
        from_fork: boolean;
      };
      /** @description False: the job is given no secret, as for a pull request from a fork. */
      with_secrets: boolean;
      /**
       * Format: date-time
       * @description When the job was triggered.
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When the queue claimed it.
       */
      scheduled_at?: string;
      /**
       * Format: date-time
       * @description When its coordinator started.
       */
      started_at?: string;
      /**
       * Format: date-time
       * @description When its status became final.
       */
      finished_at?: string;
      /**
       * Format: date-time
       * @description When it is ended if it still runs.
       */
      deadline_at?: string;
      /**
       * Format: date-time
       * @description When retention removed its log; absent while there may be one.
       */
      log_removed_at?: string;
    };
    JobDetail: {
      /** Format: uuid */
      id: string;
      /** @description Counts up by one within the pipeline. */
      number: number;
      pipeline_id: string;
      /** @description Name of the pipeline. */
      pipeline: string;
      /** @enum {string} */
      status: 'pending' | 'scheduling' | 'running' | 'success' | 'failure' | 'timeout' | 'cancelled';
      /** @description Why it ended as it did; absent for a plain success. */
      reason?: string;
      trigger: {
        /** @enum {string} */
        type: 'manual' | 'webhook' | 'cron' | 'cli';
        /** @description What the trigger named, for example a ref or a cron expression. */
        ref: string;
        /** @description Who or what asked for the job. */
        actor: string;
      };
      source: {
        repository: string;
        ref: string;
        /** @description Short name of the branch or tag. */
        branch: string;
        commit: string;
      };
      /** @description The pull request that the job tests. */
      pull_request?: {
        number: number;
        /** @description Short name of the branch that it is to be merged into. */
        target_branch: string;
        /** @description Its commits come from another repository. */
        from_fork: boolean;
      };
      /** @description False: the job is given no secret, as for a pull request from a fork. */
      with_secrets: boolean;
      /**
       * Format: date-time
       * @description When the job was triggered.
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When the queue claimed it.
       */
      scheduled_at?: string;
      /**
       * Format: date-time
       * @description When its coordinator started.
       */
      started_at?: string;
      /**
       * Format: date-time
       * @description When its status became final.
       */
      finished_at?: string;
      /**
       * Format: date-time
       * @description When it is ended if it still runs.
       */
      deadline_at?: string;
      /**
       * Format: date-time
       * @description When retention removed its log; absent while there may be one.
       */
      log_removed_at?: string;
      /** @description Extra environment that the trigger gave. */
      env: {
        [key: string]: string;
      };
      /** @description What the forge of the repository knows about the job; absent where none wants to. */
      commit_status?: {
        /** @description Name of the entry of the configuration. */
        forge: string;
        /**
         * @description What the forge was told last; absent while it was told nothing.
         * @enum {string}
         */
        reported?: 'pending' | 'running' | 'success' | 'failure' | 'error';
        /** @description Nothing more is sent: the end was accepted, or `error` says why not. */
        settled: boolean;
        /** @description Why the last attempt failed, or why there are no more. */
        error?: string;
      };
      steps: components['schemas']['Step'][];
      /** @description By name. */
      artifacts: {
        /** Format: uuid */
        id: string;
        /** Format: uuid */
        job_id: string;
        /** @description Unique within the job. */
        name: string;
        /** @description Of the archive, a .tar.gz. */
        size_bytes: number;
        /** @description Of the archive, in lower-case hexadecimal. */
        sha256: string;
        /** @description Ed25519, over the 32 bytes of the SHA-256, in base64. Absent of artifacts of old versions. */
        signature?: string;
        /**
         * Format: date-time
         * @description When it was stored.
         */
        created_at: string;
      }[];
    };
    Pipeline: {
      id: string;
      name: string;
      team: string;
      description?: string;
      repository: string;
      /** @description Branch of triggers that name none. */
      branch: string;
      last_job?: components['schemas']['Job'];
      /** @description The last 20, newest first. */
      recent_jobs: components['schemas']['RecentJob'][];
      /**
       * Format: date-time
       * @description When a schedule is due next.
       */
      next_run_at?: string;
    };
    PipelineDetail: {
      id: string;
      name: string;
      team: string;
      description?: string;
      repository: string;
      /** @description Branch of triggers that name none. */
      branch: string;
      last_job?: components['schemas']['Job'];
      /** @description The last 20, newest first. */
      recent_jobs: components['schemas']['RecentJob'][];
      /**
       * Format: date-time
       * @description When a schedule is due next.
       */
      next_run_at?: string;
      /** @description Path of the pipeline file within the repository. */
      file: string;
      /** @description What starts jobs at present; absent where the file was not read yet. */
      triggers?: {
        /** @enum {string} */
        type: 'push' | 'pull_request' | 'cron' | 'manual';
        branches?: string[];
        tags?: string[];
        paths?: string[];
        paths_ignore?: string[];
        /** @enum {string} */
        forks?: 'none' | 'without_secrets' | 'with_secrets';
        /** @description Five cron fields in UTC. */
        schedule?: string;
        /** @enum {string} */
        catch_up?: 'none' | 'one';
        skip_if_running?: boolean;
      }[];
      /** @description Who says what starts jobs: the config repository, or the pipeline file. */
      trigger_origin: {
        /** @enum {string} */
        kind: 'config' | 'file';
        /** @description The commit whose pipeline file was read. */
        commit?: string;
        /** @description What is wrong with the triggers of the pipeline file, which then has none. */
        problems: {
          file: string;
          line: number;
          column: number;
          message: string;
        }[];
        /** @description Why the pipeline file could not be read the last time. */
        failure?: string;
      };
      schedules: {
        schedule: string;
        /** @description Soonest first. */
        next_runs: string[];
        /** @description What came of the last time, in words. */
        last_outcome?: string;
        /** @description The last job that it started. */
        last_job_id?: string;
      }[];
      timeout_seconds: number;
      /** @enum {string} */
      timeout_action: 'kill' | 'warn';
      /** @enum {string} */
      concurrency: 'queue' | 'replace' | 'cancel_running';
      max_concurrent_jobs?: number;
      max_concurrent_steps: number;
      clone_submodules: boolean;
      image?: string;
      env: {
        [key: string]: string;
      };
      permissions: {
        team: string;
        /** @enum {string} */
        permission: 'read' | 'write' | 'admin';
      }[];
      origin: {
        /** @description File of the config repository that declares it. */
        file: string;
        line: number;
      };
    };
    Plugin: {
      /** @description Name of the package, or `built-in` and the id. */
      package: string;
      /** @description Absent where its manifest could not be read. */
      id?: string;
      version?: string;
      /**
       * @description Where it was found.
       * @enum {string}
       */
      origin?: 'built_in' | 'data_directory' | 'bundled';
      /** @description The server starts without it when it fails. */
      optional: boolean;
      /**
       * @description `degraded`: an entry of it is left out or lacks a secret, or its code crashed. `quarantined`: nothing of it is used.
       * @enum {string}
       */
      status: 'loaded' | 'degraded' | 'quarantined';
      /** @description Why it is not simply loaded. */
      reason?: string;
      contributes: {
        /** @enum {string} */
        point: 'forges' | 'gitAuthMethods' | 'notifiers' | 'builders' | 'storages';
        type: string;
      }[];
    };
    PluginList: {
      /** @description Version of `@danube/plugin-api` that this server fulfils. */
      api_version: string;
      items: components['schemas']['Plugin'][];
    };
    Readiness: {
      /** @enum {string} */
      status: 'ok' | 'degraded' | 'unavailable';
      checks: {
        name: string;
        /** @enum {string} */
        status: 'ok' | 'failed';
        /** @description The server stays ready when an optional check fails. */
        optional: boolean;
        message?: string;
      }[];
    };
    RecentJob: {
      /** Format: uuid */
      id: string;
      /** @description Counts up by one within the pipeline. */
      number: number;
      /** @enum {string} */
      status: 'pending' | 'scheduling' | 'running' | 'success' | 'failure' | 'timeout' | 'cancelled';
      /**
       * Format: date-time
       * @description When the job was triggered.
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When its coordinator started.
       */
      started_at?: string;
      /**
       * Format: date-time
       * @description When its status became final.
       */
      finished_at?: string;
    };
    Replay: {
      /**
       * Format: uuid
       * @description The new delivery.
       */
      id: string;
      replay_of: string;
    };
    Secret: {
      name: string;
      /** @enum {string} */
      scope: 'global' | 'team' | 'pipeline';
      /** @description In the scope `team`. */
      team?: string;
      /** @description In the scope `pipeline`. */
      pipeline?: string;
      /**
       * @description Whether the config repository or a person sets its value.
       * @enum {string}
       */
      source: 'config' | 'manual';
      /**
       * Format: date-time
       * @description When it was first set.
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When its value was last set.
       */
      updated_at: string;
    };
    SecretList: {
      items: components['schemas']['Secret'][];
    };
    SecretValue: {
      /** @description Text of 1 byte to 64 KiB in UTF-8. No answer ever shows it again. */
      value: string;
    };
    Step: {
      /** @description 1, 2, 3 … in the order in which they began. */
      sequence: number;
      name: string;
      command: string;
      image?: string;
      /** @enum {string} */
      status: 'pending' | 'running' | 'success' | 'failure' | 'timeout' | 'cancelled';
      exit_code?: number;
      reason?: string;
      /**
       * Format: date-time
       * @description When the coordinator asked for it.
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When its command started.
       */
      started_at?: string;
      /**
       * Format: date-time
       * @description When its command ended.
       */
      finished_at?: string;
      /**
       * Format: date-time
       * @description End of its own timeout.
       */
      deadline_at?: string;
      /** @description Byte offset in the log of its first line. */
      log_start?: number;
      /** @description Byte offset in the log after its last line. */
      log_end?: number;
    };
    StoredDelivery: {
      /** Format: uuid */
      id: string;
      /** @description It had been stored before, under this id. */
      duplicate: boolean;
    };
    TriggerRequest: {
      /** @description Short name of a branch. */
      branch?: string;
      /** @description Full ref such as `refs/tags/v1`; instead of `branch`. */
      ref?: string;
      /** @description Full commit id in lower-case hexadecimal; without it, what the branch or ref points at now. */
      commit?: string;
      /** @description Extra environment of the job. Never secrets. */
      env?: {
        [key: string]: string;
      };
    };
  };
  responses: {
    /** @description What went wrong. */
    Error: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Error'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It does. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Health'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getReadiness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Everything that is needed works; `degraded` when an optional part fails. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Readiness'];
        };
      };
      /** @description Something that is needed fails. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Readiness'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getMetrics: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All metrics. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      default: components['responses']['Error'];
    };
  };
  redeemOneTimeToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          token: string;
        };
      };
    };
    responses: {
      /** @description Logged in. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Identity'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Whose session or token it is. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Identity'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  logOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Logged out. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Error'];
    };
  };
  listPipelines: {
    parameters: {
      query?: {
        /** @description How many items a page has at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
        /** @description Only those of this team. */
        team?: string;
        /** @description Only names that contain this. */
        search?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Pipeline'][];
            /** @description Pass it as `cursor` for the next page; absent on the last. */
            next_cursor?: string;
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  getPipeline: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the pipeline. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The pipeline. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PipelineDetail'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listPipelineBranches: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the pipeline. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Their short names. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: string[];
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  triggerPipeline: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the pipeline. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['TriggerRequest'];
      };
    };
    responses: {
      /** @description The unfinished job that does the same already. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
      /** @description The new job. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listJobs: {
    parameters: {
      query?: {
        /** @description How many items a page has at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
        /** @description Id of a pipeline. */
        pipeline?: string;
        /** @description Any of these; repeated or separated by commas. */
        status?: ('pending' | 'scheduling' | 'running' | 'success' | 'failure' | 'timeout' | 'cancelled')[];
        /** @description Short name of the branch. */
        branch?: string;
        /** @description What caused the job. */
        trigger?: 'manual' | 'webhook' | 'cron' | 'cli';
        /** @description Created at this time or later. */
        created_from?: string;
        /** @description Created before this time. */
        created_before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Job'][];
            /** @description Pass it as `cursor` for the next page; absent on the last. */
            next_cursor?: string;
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  getJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the job. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The job. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JobDetail'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  cancelJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the job. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The job as it stands now. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  rerunJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the job. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The unfinished job that does the same already. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
      /** @description The new job. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getJobLog: {
    parameters: {
      query?: {
        /** @description First byte, counted from 0. */
        from?: number;
        /** @description Byte after the last one. */
        to?: number;
        /** @description First and last line, counted from 1. */
        lines?: string;
      };
      header?: {
        /** @description One range, for example `bytes=0-1023`. */
        range?: string;
      };
      path: {
        /** @description Id of the job. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The log, or the part that the query chose. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description The part that the `Range` header chose. */
      206: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      default: components['responses']['Error'];
    };
  };
  streamJobLog: {
    parameters: {
      query?: {
        /** @description First byte to send. */
        from?: number;
      };
      header?: {
        /** @description Byte offset to resume at; wins over `from`. */
        'last-event-id'?: string;
      };
      path: {
        /** @description Id of the job. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Events until the log is complete. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      default: components['responses']['Error'];
    };
  };
  listLogSections: {
    parameters: {
      query?: {
        /** @description `next_cursor` of the page before. */
        cursor?: number;
        /** @description How many a page has at most. */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description Id of the job. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /** @description Of the step; 0 is danubefile.py itself, -1 are remarks of the server. */
              sequence: number;
              /** @description As it stands in the lines. */
              name: string;
              /** @description Counted from 1. */
              first_line: number;
              last_line: number;
            }[];
            /** @description Pass it as `cursor` for the next page; absent on the last. */
            next_cursor?: string;
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  searchJobLog: {
    parameters: {
      query: {
        /** @description What to look for. */
        q: string;
        /** @description `q` is a regular expression of JavaScript. */
        regex?: boolean;
        /** @description Upper and lower case are not the same. */
        case?: boolean;
        /** @description First line to look at. */
        from_line?: number;
        /** @description End after so many lines found. */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description Id of the job. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Events until the end of the log as it is now. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      default: components['responses']['Error'];
    };
  };
  listArtifacts: {
    parameters: {
      query?: {
        /** @description How many items a page has at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
        /** @description Only those with this content. */
        sha256?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /** Format: uuid */
              id: string;
              /** Format: uuid */
              job_id: string;
              /** @description Unique within the job. */
              name: string;
              /** @description Of the archive, a .tar.gz. */
              size_bytes: number;
              /** @description Of the archive, in lower-case hexadecimal. */
              sha256: string;
              /** @description Ed25519, over the 32 bytes of the SHA-256, in base64. Absent of artifacts of old versions. */
              signature?: string;
              /**
               * Format: date-time
               * @description When it was stored.
               */
              created_at: string;
            }[];
            /** @description Pass it as `cursor` for the next page; absent on the last. */
            next_cursor?: string;
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  listJobArtifacts: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the job. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The artifacts. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /** Format: uuid */
              id: string;
              /** Format: uuid */
              job_id: string;
              /** @description Unique within the job. */
              name: string;
              /** @description Of the archive, a .tar.gz. */
              size_bytes: number;
              /** @description Of the archive, in lower-case hexadecimal. */
              sha256: string;
              /** @description Ed25519, over the 32 bytes of the SHA-256, in base64. Absent of artifacts of old versions. */
              signature?: string;
              /**
               * Format: date-time
               * @description When it was stored.
               */
              created_at: string;
            }[];
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  getArtifactSignature: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the job. */
        id: string;
        /** @description Its name. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The signature. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/octet-stream': string;
        };
      };
      default: components['responses']['Error'];
    };
  };
  getArtifact: {
    parameters: {
      query?: never;
      header?: {
        /** @description One range, for example `bytes=0-1023`. */
        range?: string;
        /** @description The `ETag` that the range is of. */
        'if-range'?: string;
      };
      path: {
        /** @description Id of the job. */
        id: string;
        /** @description Its name. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The archive. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/gzip': string;
        };
      };
      /** @description The part that the `Range` header chose. */
      206: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/gzip': string;
        };
      };
      /** @description It is what `If-None-Match` names. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Error'];
    };
  };
  getProvenance: {
    parameters: {
      query?: {
        /** @description Default: `slsa-v1`. */
        format?: 'slsa-v1' | 'slsa-v0.2';
      };
      header?: never;
      path: {
        /** @description Id of the job. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An envelope with an in-toto statement. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Envelope'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getSigningKey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The key. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-pem-file': string;
        };
      };
      default: components['responses']['Error'];
    };
  };
  receiveWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the entry of `forges`. */
        forge: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        '*/*': unknown;
      };
    };
    responses: {
      /** @description It is stored. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StoredDelivery'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  receiveWebhookShort: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the entry of `forges`. */
        forge: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        '*/*': unknown;
      };
    };
    responses: {
      /** @description It is stored. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StoredDelivery'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listDeliveries: {
    parameters: {
      query?: {
        /** @description How many items a page has at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
        /** @description Name of the entry of `forges`. */
        forge?: string;
        status?: 'received' | 'processed' | 'failed';
        /** @description What they turned out to be. */
        event?: 'push' | 'pull_request' | 'ignored' | 'unverified' | 'unreadable';
        /** @description Whether any pipeline builds their repository. */
        matched?: boolean;
        /** @description Id of a pipeline that they have a verdict for. */
        pipeline?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['Delivery'][];
            /** @description Pass it as `cursor` for the next page; absent on the last. */
            next_cursor?: string;
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  getDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the delivery. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The delivery. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryDetail'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getDeliveryBody: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the delivery. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The body. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/octet-stream': string;
        };
      };
      default: components['responses']['Error'];
    };
  };
  replayDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the delivery. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The new delivery. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Replay'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listSecrets: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The names. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SecretList'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listPipelineSecrets: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the pipeline. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The names. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SecretList'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  getSecretRecipient: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The recipient. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description An age X25519 recipient: `age1…`. */
            recipient: string;
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  setSecret: {
    parameters: {
      query?: {
        /** @description The secret of this team. */
        team?: string;
        /** @description The secret of this pipeline; instead of `team`. */
        pipeline?: string;
      };
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SecretValue'];
      };
    };
    responses: {
      /** @description Its value was replaced. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Secret'];
        };
      };
      /** @description It is new. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Secret'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  removeSecret: {
    parameters: {
      query?: {
        /** @description The secret of this team. */
        team?: string;
        /** @description The secret of this pipeline; instead of `team`. */
        pipeline?: string;
      };
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      default: components['responses']['Error'];
    };
  };
  listAudit: {
    parameters: {
      query?: {
        /** @description How many items a page has at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              /** @description 1, 2, 3 … without a gap. */
              sequence: number;
              /**
               * Format: date-time
               * @description When it happened.
               */
              at: string;
              /** @enum {string} */
              action: 'secret.set' | 'secret.remove' | 'secret.read' | 'key.rotate';
              /** @enum {string} */
              outcome: 'stored' | 'replaced' | 'removed' | 'given' | 'not_found' | 'withheld';
              /** @description Who asked: a person, or the pipeline whose job it was. */
              actor: string;
              /** @description Name of the secret. */
              secret: string;
              /** @description Where the secret is one of a team. */
              team?: string;
              /** @description Where the secret is one of a pipeline. */
              pipeline?: string;
              /** @description Where a job asked. */
              job_id?: string;
              /** @description SHA-256 of the entry before it and of all of this one. */
              hash: string;
            }[];
            /** @description Pass it as `cursor` for the next page; absent on the last. */
            next_cursor?: string;
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  verifyAudit: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description How far it is. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description How many entries are as they were written, from the first one on. */
            intact: number;
            broken?: {
              /** @description The first entry that is not. */
              sequence: number;
              /** @description What is wrong with it. */
              reason: string;
            };
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  runReaper: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * @description Only measure what would be removed.
           * @default false
           */
          dry_run?: boolean;
        };
      };
    };
    responses: {
      /** @description What was removed, or would be. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description True: nothing was removed, this is what a run would remove. */
            dry_run: boolean;
            /** @description Of all kinds together. */
            bytes: number;
            parts: {
              /** @enum {string} */
              kind: 'logs' | 'artifacts' | 'deliveries' | 'jobs' | 'cache';
              /** @description How many. */
              count: number;
              /** @description Freed on the disk; 0 for jobs, which are rows. */
              bytes: number;
              /**
               * Format: date-time
               * @description When the oldest of them ended or was last used.
               */
              oldest?: string;
              /** @description Why not all that was due could be removed. */
              failure?: string;
            }[];
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  checkStorage: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * @description Make both agree.
           * @default false
           */
          repair?: boolean;
        };
      };
    };
    responses: {
      /** @description Where they disagree. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description How many places there are where files and rows disagree. */
            found: number;
            /** @description How many of them agree now. */
            repaired: number;
            /** @description The first 1000 of them. */
            problems: {
              /** @enum {string} */
              kind:
                'log_without_job' | 'log_missing' | 'object_without_artifact' | 'object_missing' | 'storage_unreadable';
              /** @description What it is about. */
              subject: string;
              repaired: boolean;
            }[];
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  getConfig: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The state of the configuration. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConfigStatus'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  syncConfig: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description How it went. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConfigSyncOutcome'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  listPlugins: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Every enabled plugin. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PluginList'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  streamEvents: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Events until the client leaves or the server stops. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      default: components['responses']['Error'];
    };
  };
}
