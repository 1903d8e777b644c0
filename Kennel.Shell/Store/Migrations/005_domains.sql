-- A host name that a project brought along, and the release that declares it: which may be without it while another has it.
ALTER TABLE claims ADD COLUMN custom INTEGER NOT NULL DEFAULT 0 CHECK (custom IN (0, 1));
ALTER TABLE releases ADD COLUMN domain TEXT;
