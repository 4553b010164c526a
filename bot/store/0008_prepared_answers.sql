-- What librarians write once and send often; every answer has a day on which it ends.
-- Without a library it is everybody's. A key is used once, but for retired answers.
CREATE TABLE prepared_answer (
    id INTEGER PRIMARY KEY,
    library TEXT,
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    checked_on TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX prepared_answer_by_key ON prepared_answer (ifnull(library, ''), key) WHERE retired = 0;
