/**
 * Received webhooks and what came of them, anew: no version stored any before. Headers and body have a table of their own,
 * because SQLite writes a whole row again with each change of it and walks through a large value to what stands behind it.
 */
export const deliveryTables = [
  `DROP TABLE verdicts`,
  `DROP TABLE deliveries`,
  `CREATE TABLE deliveries (
    sequence INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL,
    forge TEXT NOT NULL,
    forge_delivery_id TEXT,
    source TEXT NOT NULL CHECK (source IN ('webhook', 'history', 'replay')),
    replay_of TEXT,
    body_sha256 TEXT NOT NULL,
    body_bytes INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('received', 'processed', 'failed')),
    attempts INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    processed_at INTEGER,
    event TEXT CHECK (event IN ('push', 'pull_request', 'ignored', 'unverified', 'unreadable')),
    repository TEXT,
    ref TEXT,
    commit_sha TEXT,
    matched INTEGER CHECK (matched IN (0, 1)),
    verified INTEGER CHECK (verified IN (0, 1)),
    reason TEXT
  ) STRICT`,
  `CREATE TABLE delivery_payloads (
    sequence INTEGER PRIMARY KEY NOT NULL REFERENCES deliveries (sequence) ON DELETE CASCADE,
    headers TEXT NOT NULL CHECK (json_valid(headers)),
    sealed_headers TEXT NOT NULL CHECK (json_valid(sealed_headers)),
    body BLOB NOT NULL
  ) STRICT`,
  `CREATE UNIQUE INDEX deliveries_id ON deliveries (id)`,
  // with the body: a forged delivery must not be able to stand in for the real one that has the same id
  `CREATE UNIQUE INDEX deliveries_forge_id ON deliveries (forge, forge_delivery_id, body_sha256)
    WHERE forge_delivery_id IS NOT NULL AND status <> 'failed' AND verified IS NOT 0`,
  `CREATE INDEX deliveries_received ON deliveries (sequence, body_bytes) WHERE status = 'received'`,
  `CREATE INDEX deliveries_unverified ON deliveries (sequence, body_bytes) WHERE verified = 0`,
  `CREATE INDEX deliveries_forge ON deliveries (forge, id)`,
  `CREATE INDEX deliveries_last ON deliveries (forge, received_at)
    WHERE source = 'webhook' AND verified = 1`,
  `CREATE INDEX deliveries_status ON deliveries (status, id)`,
  `CREATE INDEX deliveries_event ON deliveries (event, id)`,
  `CREATE INDEX deliveries_matched ON deliveries (matched, id)`,
  `CREATE INDEX deliveries_commit ON deliveries (commit_sha, ref, forge) WHERE commit_sha IS NOT NULL`,
  `CREATE TABLE verdicts (
    delivery_id TEXT NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    pipeline_id TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('triggered', 'duplicate', 'skipped', 'rejected')),
    reason TEXT NOT NULL,
    job_id TEXT REFERENCES jobs (id) ON DELETE SET NULL,
    PRIMARY KEY (delivery_id, pipeline_id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX verdicts_job ON verdicts (job_id) WHERE job_id IS NOT NULL`,
  `CREATE INDEX verdicts_pipeline ON verdicts (pipeline_id, delivery_id)`,
];
