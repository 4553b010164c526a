-- How long desks need for a first answer: nothing of whose question it was.
CREATE TABLE first_answer (
    id INTEGER PRIMARY KEY,
    desk TEXT NOT NULL,
    day TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes >= 0)
) STRICT;
CREATE INDEX first_answer_by_day ON first_answer (day);

-- What a desk has set for itself.
CREATE TABLE desk_setting (
    desk TEXT PRIMARY KEY,
    answer_within_minutes INTEGER NOT NULL CHECK (answer_within_minutes > 0)
) STRICT, WITHOUT ROWID;

-- Which digest a desk was told on which day: each once.
CREATE TABLE desk_digest (
    desk TEXT NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('morning', 'closing')),
    sent_at INTEGER NOT NULL,
    PRIMARY KEY (desk, day, kind)
) STRICT, WITHOUT ROWID;
