const unfinished = `status IN ('pending', 'scheduling', 'running')`;

/** Jobs and all that belongs to one job. */
export const jobTables = [
  `CREATE TABLE pipeline_counters (
    pipeline_id TEXT PRIMARY KEY NOT NULL,
    last_number INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE jobs (
    sequence INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL,
    pipeline_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    status TEXT NOT NULL
      CHECK (status IN ('pending', 'scheduling', 'running', 'success', 'failure', 'timeout', 'cancelled')),
    trigger_type TEXT NOT NULL CHECK (trigger_type IN ('manual', 'webhook', 'cron', 'cli')),
    trigger_ref TEXT NOT NULL,
    trigger_actor TEXT NOT NULL,
    repository_url TEXT NOT NULL,
    ref TEXT NOT NULL,
    branch TEXT NOT NULL,
    commit_sha TEXT NOT NULL,
    env TEXT NOT NULL CHECK (json_valid(env)),
    created_at INTEGER NOT NULL,
    scheduled_at INTEGER,
    started_at INTEGER,
    finished_at INTEGER,
    deadline_at INTEGER,
    reason TEXT
  ) STRICT`,
  `CREATE UNIQUE INDEX jobs_id ON jobs (id)`,
  `CREATE UNIQUE INDEX jobs_pipeline_number ON jobs (pipeline_id, number)`,
  `CREATE INDEX jobs_created ON jobs (created_at, sequence, trigger_type)`,
  `CREATE INDEX jobs_status_created ON jobs (status, created_at, sequence, branch, trigger_type)`,
  `CREATE INDEX jobs_pipeline_created ON jobs (pipeline_id, created_at, sequence, branch, trigger_type)`,
  `CREATE INDEX jobs_pipeline_status_created
    ON jobs (pipeline_id, status, created_at, sequence, branch, trigger_type)`,
  `CREATE INDEX jobs_branch_created ON jobs (branch, created_at, sequence, trigger_type)`,
  `CREATE INDEX jobs_unfinished ON jobs (created_at, sequence, status, pipeline_id) WHERE ${unfinished}`,
  `CREATE INDEX jobs_unfinished_ref ON jobs (pipeline_id, ref, created_at) WHERE ${unfinished}`,
  `CREATE TRIGGER jobs_count AFTER INSERT ON jobs BEGIN
    INSERT INTO pipeline_counters (pipeline_id, last_number) VALUES (NEW.pipeline_id, NEW.number)
    ON CONFLICT (pipeline_id) DO UPDATE SET last_number = max(last_number, excluded.last_number);
  END`,
  `CREATE TABLE steps (
    job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    name TEXT NOT NULL,
    command TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    image TEXT,
    status TEXT NOT NULL CHECK (status IN ('pending', 'running', 'success', 'failure', 'timeout', 'cancelled')),
    exit_code INTEGER,
    reason TEXT,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    deadline_at INTEGER,
    log_start INTEGER,
    log_end INTEGER,
    PRIMARY KEY (job_id, sequence)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE artifacts (
    id TEXT PRIMARY KEY NOT NULL,
    job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
    sha256 TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE UNIQUE INDEX artifacts_job_name ON artifacts (job_id, name)`,
  `CREATE TABLE job_tokens (
    job_id TEXT PRIMARY KEY NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE UNIQUE INDEX job_tokens_token_hash ON job_tokens (token_hash)`,
];
