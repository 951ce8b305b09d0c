/** What the config repository says, and how its commits came into force. */
export const configTables = [
  `CREATE TABLE pipelines (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    team_id TEXT NOT NULL REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED,
    description TEXT,
    repository TEXT NOT NULL,
    branch TEXT NOT NULL,
    file TEXT NOT NULL,
    triggers TEXT CHECK (triggers IS NULL OR json_valid(triggers)),
    timeout_ms INTEGER NOT NULL CHECK (timeout_ms > 0),
    timeout_action TEXT NOT NULL CHECK (timeout_action IN ('kill', 'warn')),
    concurrency TEXT NOT NULL CHECK (concurrency IN ('queue', 'replace', 'cancel_running')),
    max_concurrent_jobs INTEGER,
    max_concurrent_steps INTEGER NOT NULL,
    clone_submodules INTEGER NOT NULL CHECK (clone_submodules IN (0, 1)),
    env TEXT NOT NULL CHECK (json_valid(env)),
    image TEXT,
    origin_file TEXT NOT NULL,
    origin_line INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX pipelines_team ON pipelines (team_id)`,
  `CREATE INDEX pipelines_limited ON pipelines (id, max_concurrent_jobs) WHERE max_concurrent_jobs IS NOT NULL`,
  `CREATE TABLE pipeline_permissions (
    pipeline_id TEXT NOT NULL REFERENCES pipelines (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    team_id TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    permission TEXT NOT NULL CHECK (permission IN ('read', 'write', 'admin')),
    PRIMARY KEY (pipeline_id, position)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX pipeline_permissions_team ON pipeline_permissions (team_id)`,
  `CREATE TABLE config_state (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    commit_sha TEXT NOT NULL,
    settings TEXT NOT NULL CHECK (json_valid(settings)),
    applied_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE config_syncs (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    commit_sha TEXT,
    status TEXT NOT NULL CHECK (status IN ('applied', 'failed')),
    started_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    problems TEXT NOT NULL CHECK (json_valid(problems))
  ) STRICT`,
  `CREATE TABLE secrets (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    scope_kind TEXT NOT NULL CHECK (scope_kind IN ('global', 'team', 'pipeline')),
    scope_id TEXT NOT NULL CHECK ((scope_id = '') = (scope_kind = 'global')),
    ciphertext BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE UNIQUE INDEX secrets_scope_name ON secrets (scope_kind, scope_id, name)`,
];
