-- What a person is to be reminded of. It outlives the talk, so nothing else of it stands here.
-- A number is never given twice: it is the key of the event that the reminder becomes.
CREATE TABLE reminder (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL,
    about TEXT NOT NULL,
    day TEXT NOT NULL,
    language TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (conversation, about, day)
) STRICT;
CREATE INDEX reminder_by_time ON reminder (at, number);

-- What is kept, with consent and until a day, to look again when the measures change.
CREATE TABLE recheck (
    conversation TEXT PRIMARY KEY,
    answers TEXT NOT NULL,
    fitting TEXT NOT NULL,
    language TEXT NOT NULL,
    until TEXT NOT NULL,
    fingerprint TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX recheck_by_fingerprint ON recheck (fingerprint);
CREATE INDEX recheck_by_end ON recheck (until);
