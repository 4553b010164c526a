-- Who asked in a month what nobody could answer: once for each topic, by a keyed hash of the talk
-- that differs from month to month and from topic to topic. Its key is the secret „gaps:<month>“.
-- Both go when the month is over; a row goes with its talk. '' where the municipality is not known.
CREATE TABLE gap_asked (
    month TEXT NOT NULL,
    topic TEXT NOT NULL,
    person TEXT NOT NULL,
    municipality TEXT NOT NULL,
    PRIMARY KEY (month, topic, person)
) STRICT, WITHOUT ROWID;
-- What stays of a month that is over: how many people.
CREATE TABLE gap_month (
    month TEXT NOT NULL,
    topic TEXT NOT NULL,
    municipality TEXT NOT NULL,
    people INTEGER NOT NULL CHECK (people > 0),
    PRIMARY KEY (month, topic, municipality)
) STRICT, WITHOUT ROWID;
-- `gap` counted questions, and five of them may be one person's: its rows are no number of people,
-- stand apart, and are shown nowhere.

-- What was changed, in short: the value before and after. Of people's words nothing stands here.
ALTER TABLE audit ADD COLUMN before TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN after TEXT NOT NULL DEFAULT '';

-- A prepared answer as it was before each change.
CREATE TABLE prepared_answer_before (
    id INTEGER PRIMARY KEY,
    answer INTEGER NOT NULL REFERENCES prepared_answer (id),
    library TEXT,
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    checked_on TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1))
) STRICT;
CREATE INDEX prepared_answer_before_by_answer ON prepared_answer_before (answer, id);

-- A digest from the moment it counts as told until it stands in the group.
CREATE TABLE desk_digest_waiting (
    number INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL,
    at INTEGER NOT NULL,
    words TEXT NOT NULL
) STRICT;
CREATE INDEX desk_digest_waiting_by_chat ON desk_digest_waiting (chat, number);
