/** Received webhooks and what came of them. */
export const deliveryTables = [
  `CREATE TABLE deliveries (
    sequence INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL,
    forge TEXT NOT NULL,
    forge_delivery_id TEXT,
    headers TEXT NOT NULL CHECK (json_valid(headers)),
    body BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('received', 'processed', 'failed')),
    processed_at INTEGER
  ) STRICT`,
  `CREATE UNIQUE INDEX deliveries_id ON deliveries (id)`,
  `CREATE UNIQUE INDEX deliveries_forge_id ON deliveries (forge, forge_delivery_id)
    WHERE forge_delivery_id IS NOT NULL`,
  `CREATE INDEX deliveries_received ON deliveries (received_at) WHERE status = 'received'`,
  `CREATE TABLE verdicts (
    delivery_id TEXT NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    pipeline_id TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('triggered', 'duplicate', 'skipped', 'rejected')),
    reason TEXT NOT NULL,
    job_id TEXT REFERENCES jobs (id) ON DELETE SET NULL,
    PRIMARY KEY (delivery_id, pipeline_id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX verdicts_job ON verdicts (job_id) WHERE job_id IS NOT NULL`,
];
