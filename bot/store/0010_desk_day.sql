-- What a library counts at its desk in a day. No person stands behind a row.
CREATE TABLE desk_counter (
    library TEXT NOT NULL,
    day TEXT NOT NULL,
    metric TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (library, day, metric)
) STRICT, WITHOUT ROWID;

-- The taps of the last days, by the key of each, so that none counts twice and the last can be
-- taken back. A tap that was taken back stays, so that it does not count when it comes again.
CREATE TABLE desk_tap (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    library TEXT NOT NULL,
    day TEXT NOT NULL,
    metric TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0,
    UNIQUE (library, key)
) STRICT;
CREATE INDEX desk_tap_by_day ON desk_tap (day);

-- What people asked and nobody could answer: a topic and where from ('' where that is not known).
-- By month: a day would say more of a single question than anybody needs.
CREATE TABLE gap (
    month TEXT NOT NULL,
    topic TEXT NOT NULL,
    municipality TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (month, topic, municipality)
) STRICT, WITHOUT ROWID;
