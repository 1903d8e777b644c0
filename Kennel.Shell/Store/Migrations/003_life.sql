-- What people and time make of projects and branches.
ALTER TABLE projects ADD COLUMN locked_at INTEGER;
ALTER TABLE projects ADD COLUMN locked_reason TEXT;
ALTER TABLE projects ADD COLUMN hibernate_after_seconds INTEGER;
ALTER TABLE projects ADD COLUMN remove_after_seconds INTEGER;

-- A branch is asleep, waking, or neither. Builds are numbered once for all, so that a pin needs no reference.
ALTER TABLE branches ADD COLUMN asleep_at INTEGER;
ALTER TABLE branches ADD COLUMN waking_at INTEGER CHECK (waking_at IS NULL OR asleep_at IS NULL);
ALTER TABLE branches ADD COLUMN pinned_build INTEGER;
ALTER TABLE branches ADD COLUMN maintenance_at INTEGER;
ALTER TABLE branches ADD COLUMN maintenance_message TEXT;
ALTER TABLE branches ADD COLUMN kept_at INTEGER;
ALTER TABLE branches ADD COLUMN active_at INTEGER;
ALTER TABLE branches ADD COLUMN expiring_at INTEGER;
ALTER TABLE branches ADD COLUMN expiring_kind TEXT
    CHECK (expiring_kind IN ('hibernate', 'remove') AND (expiring_kind IS NULL) = (expiring_at IS NULL));
ALTER TABLE branches ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;

-- How long requests have been observed without a gap.
CREATE TABLE activity_watch (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    since INTEGER NOT NULL,
    until INTEGER NOT NULL CHECK (until >= since),
    -- When a branch was last removed because nobody used it.
    removed_at INTEGER
) STRICT;

-- Orphans that a person gave up by name; a row goes when what it names was seen gone.
CREATE TABLE given_up (
    name TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A build that only brings an earlier one anew: that one, and what was asked for. It is no newer than what it repeats.
ALTER TABLE builds ADD COLUMN repeats INTEGER;
ALTER TABLE builds ADD COLUMN repeat_kind TEXT
    CHECK (repeat_kind IN ('redeploy', 'restart') AND (repeat_kind IS NULL) = (repeats IS NULL));

-- The step of a release: begun in which start of the machine, and when it ended well.
ALTER TABLE releases ADD COLUMN step_boot TEXT;
ALTER TABLE releases ADD COLUMN step_begun_at INTEGER CHECK ((step_begun_at IS NULL) = (step_boot IS NULL));
ALTER TABLE releases ADD COLUMN step_ended_at INTEGER CHECK (step_ended_at IS NULL OR step_boot IS NOT NULL);
