-- A case is a question handed to a library. The talk holds its truth; this is what desks read.
CREATE TABLE case_file (
    number INTEGER PRIMARY KEY,
    conversation TEXT NOT NULL,
    library TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'closed')),
    claimed_by TEXT,
    claimed_name TEXT,
    card TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    claimed_at INTEGER,
    closed_at INTEGER
) STRICT;
CREATE INDEX case_file_by_library ON case_file (library, state, number);
CREATE INDEX case_file_by_conversation ON case_file (conversation);

CREATE TABLE case_entry (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    cause INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'librarian', 'note', 'event')),
    who TEXT NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    delivery TEXT CHECK (delivery IN ('pending', 'sent', 'dead')),
    error TEXT
) STRICT;
CREATE INDEX case_entry_by_case ON case_entry (number, id);
CREATE INDEX case_entry_by_cause ON case_entry (cause);

CREATE TABLE librarian (
    id TEXT PRIMARY KEY,
    library TEXT NOT NULL,
    name TEXT NOT NULL,
    trial INTEGER NOT NULL,
    joined_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Codes and tokens are kept as hashes: whoever reads this file cannot use them.
CREATE TABLE desk_invitation (
    code_hash TEXT PRIMARY KEY,
    library TEXT NOT NULL,
    trial INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE desk_session (
    token_hash TEXT PRIMARY KEY,
    librarian TEXT NOT NULL REFERENCES librarian (id) ON DELETE CASCADE,
    csrf TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE library_hours (
    library TEXT PRIMARY KEY,
    hours TEXT NOT NULL,
    set_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
