-- The whole life of a case: offered to a neighbour, waiting for either side, ended and opened again.
CREATE TABLE case_file_whole (
    number INTEGER PRIMARY KEY,
    conversation TEXT NOT NULL,
    library TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'offered', 'claimed', 'for_person',
        'for_librarian', 'reopened', 'closed', 'expired')),
    claimed_by TEXT,
    claimed_name TEXT,
    card TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    claimed_at INTEGER,
    closed_at INTEGER,
    offered_to TEXT,
    asked_at INTEGER,
    answered_at INTEGER,
    heard_at INTEGER,
    said TEXT NOT NULL DEFAULT '',
    expert_desk TEXT,
    expert_question TEXT,
    expert_asked_at INTEGER,
    expert_answered_at INTEGER,
    expert_direct INTEGER NOT NULL DEFAULT 0,
    resolution TEXT NOT NULL DEFAULT '',
    rating TEXT NOT NULL DEFAULT '',
    reopened INTEGER NOT NULL DEFAULT 0,
    language TEXT NOT NULL DEFAULT 'bg'
) STRICT;
INSERT INTO case_file_whole (number, conversation, library, state, claimed_by, claimed_name, card,
    opened_at, claimed_at, closed_at, asked_at)
    SELECT number, conversation, library, state, claimed_by, claimed_name, card,
    opened_at, claimed_at, closed_at, iif(state = 'waiting', opened_at, NULL) FROM case_file;
DROP TABLE case_file;
ALTER TABLE case_file_whole RENAME TO case_file;
CREATE INDEX case_file_by_library ON case_file (library, state, number);
CREATE INDEX case_file_by_conversation ON case_file (conversation);
CREATE INDEX case_file_offered ON case_file (offered_to) WHERE offered_to IS NOT NULL;
CREATE INDEX case_file_by_expert ON case_file (expert_desk) WHERE expert_desk IS NOT NULL;
-- One open case of a person, whatever happens.
CREATE UNIQUE INDEX case_file_open ON case_file (conversation)
    WHERE state NOT IN ('closed', 'expired');

-- `ref` is what the platform or the desk calls the message, so that it can be changed afterwards.
CREATE TABLE case_entry_whole (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL,
    cause INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'librarian', 'note', 'event', 'expert',
        'to_expert')),
    who TEXT NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    delivery TEXT CHECK (delivery IN ('pending', 'sent', 'dead')),
    error TEXT,
    ref TEXT NOT NULL DEFAULT '',
    file TEXT,
    changed_at INTEGER
) STRICT;
INSERT INTO case_entry_whole (id, number, cause, kind, who, text, at, delivery, error)
    SELECT id, number, cause, kind, who, text, at, delivery, error FROM case_entry;
DROP TABLE case_entry;
ALTER TABLE case_entry_whole RENAME TO case_entry;
CREATE INDEX case_entry_by_case ON case_entry (number, id);
CREATE INDEX case_entry_by_cause ON case_entry (cause);
CREATE INDEX case_entry_by_ref ON case_entry (ref) WHERE ref <> '';

-- What desks are to look at again: pages that were away begin from the last number they have seen.
CREATE TABLE desk_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    desk TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX desk_change_by_age ON desk_change (at);

-- Who cannot ask anew: a keyed hash of the talk, which outlives it, and the last day.
CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO secret (name, value) VALUES ('talks', randomblob(32));
CREATE TABLE muted (
    talk TEXT PRIMARY KEY,
    until TEXT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    desk TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL,
    talk TEXT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    desk TEXT NOT NULL,
    at INTEGER NOT NULL,
    settled_at INTEGER
) STRICT;

-- „Днес ме няма“: who is away on which day.
CREATE TABLE absence (
    librarian TEXT NOT NULL REFERENCES librarian (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    PRIMARY KEY (librarian, day)
) STRICT, WITHOUT ROWID;
