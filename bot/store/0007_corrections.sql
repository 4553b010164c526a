-- What librarians say that a fact of the directory or of a measure should be, and what became of it.
CREATE TABLE correction (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('libraries', 'bureaus', 'measures')),
    entry TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    english TEXT NOT NULL,
    source TEXT NOT NULL,
    checked_on TEXT NOT NULL,
    note TEXT NOT NULL,
    -- As it was proposed; an administrator may have changed the value before accepting it.
    proposed TEXT NOT NULL,
    -- What stood there, and who said so.
    before TEXT NOT NULL,
    before_said TEXT NOT NULL,
    author TEXT NOT NULL,
    author_name TEXT NOT NULL,
    library TEXT NOT NULL,
    trial INTEGER NOT NULL,
    proposed_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'declined', 'replaced', 'overtaken')),
    decided_by TEXT,
    decided_name TEXT,
    decided_at INTEGER,
    answer TEXT,
    -- The day as of which the corrected fact stood when this was accepted.
    against TEXT
) STRICT;
CREATE INDEX correction_by_state ON correction (state, trial, number);
CREATE INDEX correction_by_author ON correction (author, number);
-- One accepted value for each field; a remark changes none.
CREATE UNIQUE INDEX correction_standing ON correction (kind, entry, field, trial)
    WHERE state = 'accepted' AND field <> 'remark';
