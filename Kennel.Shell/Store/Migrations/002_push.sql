-- The forge's own number of a repository, and what a project is registered with.
ALTER TABLE projects ADD COLUMN repository_id INTEGER;
ALTER TABLE projects ADD COLUMN secret_file TEXT;
ALTER TABLE projects ADD COLUMN environments TEXT;
CREATE UNIQUE INDEX projects_repository ON projects (repository_id) WHERE repository_id IS NOT NULL;

-- The head that a delivery led to; who asked for a cancellation; what was built, for other branches at the same commit.
ALTER TABLE builds ADD COLUMN announced_commit TEXT;
ALTER TABLE builds ADD COLUMN cancelled_by TEXT;
ALTER TABLE builds ADD COLUMN result TEXT CHECK (result IS NULL OR json_valid(result));
CREATE INDEX builds_commit ON builds (commit_id) WHERE commit_id IS NOT NULL;

-- A pull request outlives its branch's rows: what is older than updated_at is no news, however late it comes.
CREATE TABLE pull_requests (
    project INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1),
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'merged')),
    updated_at INTEGER NOT NULL,
    head_reference TEXT NOT NULL,
    base_reference TEXT NOT NULL,
    stranger TEXT,
    PRIMARY KEY (project, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX pull_requests_open ON pull_requests (project) WHERE state = 'open';

-- The branch or pull request that a delivery is about, where it is about one.
ALTER TABLE deliveries ADD COLUMN reference TEXT;
CREATE INDEX deliveries_reference ON deliveries (project, reference);

-- The commit that deliveries, or looks at the repository, last led to. It outlives a branch that a person removed, so that
-- what comes late does not bring it back, and goes with one that is gone from the repository.
CREATE TABLE heads (
    project INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
    reference TEXT NOT NULL,
    commit_id TEXT NOT NULL,
    PRIMARY KEY (project, reference)
) STRICT, WITHOUT ROWID;
