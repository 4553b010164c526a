-- Who signs in at the desk: administrators, librarians of a library, experts of a labour bureau.
ALTER TABLE librarian ADD COLUMN role TEXT NOT NULL DEFAULT 'librarian'
    CHECK (role IN ('admin', 'librarian', 'expert'));
ALTER TABLE librarian ADD COLUMN login TEXT;
ALTER TABLE librarian ADD COLUMN password TEXT;
ALTER TABLE librarian ADD COLUMN disabled_at INTEGER;
ALTER TABLE librarian ADD COLUMN last_seen_at INTEGER;
ALTER TABLE librarian ADD COLUMN telegram_user INTEGER;
CREATE UNIQUE INDEX librarian_by_login ON librarian (login) WHERE login IS NOT NULL;
CREATE UNIQUE INDEX librarian_by_telegram_user ON librarian (telegram_user)
    WHERE telegram_user IS NOT NULL;

ALTER TABLE desk_invitation ADD COLUMN role TEXT NOT NULL DEFAULT 'librarian'
    CHECK (role IN ('admin', 'librarian', 'expert'));

-- A handle names a session to its owner; the token itself is nowhere.
ALTER TABLE desk_session ADD COLUMN handle TEXT NOT NULL DEFAULT '';
ALTER TABLE desk_session ADD COLUMN begun_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE desk_session ADD COLUMN last_seen_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE desk_session ADD COLUMN idle_limit INTEGER;
ALTER TABLE desk_session ADD COLUMN browser TEXT NOT NULL DEFAULT '';
-- Those of before lasted 14 days from when they began.
UPDATE desk_session SET handle = lower(hex(randomblob(9))),
    begun_at = expires_at - 1209600000, last_seen_at = expires_at - 1209600000;
CREATE INDEX desk_session_by_librarian ON desk_session (librarian);

CREATE TABLE desk_reset (
    code_hash TEXT PRIMARY KEY,
    librarian TEXT NOT NULL REFERENCES librarian (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How often signing in failed: by the hash of the login that was typed, and by the address.
CREATE TABLE sign_in_failure (
    of TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who did what to accounts and to what is shown; never what people wrote or answered.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    about TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_time ON audit (at);
