-- Times are whole milliseconds since 1970 in UTC. Numbers are never given twice (AUTOINCREMENT): a late build or
-- release of something that is gone cannot be taken for one of its successor.
PRAGMA application_id = 1263422028;

CREATE TABLE instance (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    mark TEXT NOT NULL CHECK (length(mark) = 12 AND mark NOT GLOB '*[^0-9a-f]*'),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE projects (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    owner TEXT,
    clone_url TEXT NOT NULL,
    default_branch TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    removed_at INTEGER,
    removed_reason TEXT,
    CHECK ((removed_at IS NULL) = (removed_reason IS NULL))
) STRICT;

CREATE TABLE branches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project INTEGER NOT NULL REFERENCES projects,
    reference TEXT NOT NULL CHECK (reference GLOB 'refs/heads/?*' OR reference GLOB 'refs/pull/[1-9]*/head'),
    incarnation INTEGER NOT NULL CHECK (incarnation >= 1),
    created_at INTEGER NOT NULL,
    removed_at INTEGER,
    removed_reason TEXT,
    UNIQUE (project, reference, incarnation),
    CHECK ((removed_at IS NULL) = (removed_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX branches_live ON branches (project, reference) WHERE removed_at IS NULL;

CREATE TABLE builds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    branch INTEGER NOT NULL REFERENCES branches,
    requested_commit TEXT,
    commit_id TEXT,
    state TEXT NOT NULL CHECK (state IN ('queued', 'building', 'built', 'done', 'failed', 'cancelled')),
    starts INTEGER NOT NULL DEFAULT 0 CHECK (starts >= 0),
    queued_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    cause_code TEXT,
    cause_fault TEXT CHECK (cause_fault IN ('author', 'kennel', 'outside')),
    cause_sentence TEXT,
    CHECK ((state IN ('done', 'failed', 'cancelled')) = (ended_at IS NOT NULL)),
    CHECK (state NOT IN ('building', 'built', 'done') OR commit_id IS NOT NULL),
    CHECK (cause_code IS NULL OR state IN ('failed', 'cancelled')),
    CHECK ((cause_code IS NULL) = (cause_fault IS NULL) AND (cause_code IS NULL) = (cause_sentence IS NULL))
) STRICT;
CREATE INDEX builds_branch ON builds (branch);
CREATE INDEX builds_open ON builds (id) WHERE state IN ('queued', 'building', 'built');

-- What a deployment aims at and serves are releases of its own.
CREATE TABLE deployments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    branch INTEGER NOT NULL REFERENCES branches,
    component TEXT NOT NULL,
    stem TEXT NOT NULL,
    target INTEGER,
    serving INTEGER,
    serving_since INTEGER,
    UNIQUE (branch, component),
    FOREIGN KEY (target, id) REFERENCES releases (id, deployment) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (serving, id) REFERENCES releases (id, deployment) DEFERRABLE INITIALLY DEFERRED,
    CHECK (serving IS NULL OR serving_since IS NOT NULL)
) STRICT;

CREATE TABLE releases (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    deployment INTEGER NOT NULL REFERENCES deployments,
    build INTEGER NOT NULL REFERENCES builds,
    digest TEXT NOT NULL CHECK (length(digest) = 10),
    store_path TEXT NOT NULL CHECK (store_path GLOB '/nix/store/?*'),
    specification TEXT NOT NULL CHECK (json_valid(specification)),
    hosts TEXT NOT NULL CHECK (json_valid(hosts)),
    outcome TEXT NOT NULL CHECK (outcome IN ('untried', 'accepted', 'rejected')),
    ready_at INTEGER,
    ready_invocation TEXT,
    outcome_at INTEGER,
    cause_code TEXT,
    cause_fault TEXT CHECK (cause_fault IN ('author', 'kennel', 'outside')),
    cause_sentence TEXT,
    UNIQUE (id, deployment),
    UNIQUE (build, deployment),
    CHECK ((ready_at IS NULL) = (ready_invocation IS NULL)),
    CHECK ((outcome = 'untried') = (outcome_at IS NULL)),
    CHECK ((outcome = 'rejected') = (cause_code IS NOT NULL)),
    CHECK ((cause_code IS NULL) = (cause_fault IS NULL) AND (cause_code IS NULL) = (cause_sentence IS NULL))
) STRICT;
CREATE INDEX releases_deployment ON releases (deployment, id);

-- A unit holds one port; while an old port of it cools it may be given another.
CREATE TABLE ports (
    port INTEGER PRIMARY KEY CHECK (port BETWEEN 1 AND 65535),
    unit TEXT NOT NULL,
    branch INTEGER NOT NULL REFERENCES branches,
    since INTEGER NOT NULL,
    released_at INTEGER
) STRICT;
CREATE UNIQUE INDEX ports_unit ON ports (unit) WHERE released_at IS NULL;
CREATE INDEX ports_branch ON ports (branch);

-- The owner outlives the rows of its branch: a name comes back to the same owner. Reserved names stay until the
-- project goes.
CREATE TABLE claims (
    kind TEXT NOT NULL CHECK (kind IN ('host', 'unit', 'role', 'database', 'bucket')),
    name TEXT NOT NULL,
    project INTEGER NOT NULL REFERENCES projects,
    reference TEXT NOT NULL,
    component TEXT NOT NULL DEFAULT '',
    reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved IN (0, 1)),
    claimed_at INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_owner ON claims (project, reference, component);

-- The ledger: a row comes before its resource and goes after it.
CREATE TABLE resources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    branch INTEGER NOT NULL REFERENCES branches,
    kind TEXT NOT NULL CHECK (kind IN ('postgres', 'valkey', 'garage')),
    name TEXT NOT NULL,
    number INTEGER,
    state TEXT NOT NULL CHECK (state IN ('wanted', 'present', 'leaving')),
    created_at INTEGER NOT NULL,
    UNIQUE (branch, kind),
    UNIQUE (kind, name),
    UNIQUE (kind, number)
) STRICT;

-- The inbox: what the forge delivered, kept before it is answered.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery TEXT NOT NULL UNIQUE,
    event TEXT NOT NULL,
    project INTEGER REFERENCES projects ON DELETE SET NULL,
    body TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    handled_at INTEGER,
    meaning TEXT
) STRICT;
CREATE INDEX deliveries_open ON deliveries (id) WHERE handled_at IS NULL;

-- Failures in a row of the same action share one row, which the next success closes.
CREATE TABLE actions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    branch INTEGER REFERENCES branches,
    subject TEXT NOT NULL,
    key TEXT NOT NULL,
    reason TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'failed', 'lost', 'crashed')),
    attempts INTEGER NOT NULL CHECK (attempts >= 1),
    error TEXT,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX actions_open ON actions (key) WHERE outcome <> 'done';
CREATE INDEX actions_branch ON actions (branch, last_at);

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    branch INTEGER NOT NULL REFERENCES branches,
    unit TEXT NOT NULL,
    cause_code TEXT NOT NULL,
    cause_fault TEXT NOT NULL CHECK (cause_fault IN ('author', 'kennel', 'outside')),
    cause_sentence TEXT NOT NULL,
    at INTEGER NOT NULL,
    lines TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_branch ON evidence (branch);
