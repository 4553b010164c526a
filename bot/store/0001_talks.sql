-- A talk is its facts as JSON; `revision` counts its steps and is compared before each one.
CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    last_word_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_by_age ON conversation (last_word_at);

-- What came in. An update is acknowledged only once it stands here.
CREATE TABLE inbox (
    seq INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    update_key TEXT NOT NULL,
    address TEXT NOT NULL,
    conversation TEXT NOT NULL,
    raw TEXT NOT NULL,
    arrived_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'dead')),
    error TEXT,
    UNIQUE (channel, update_key)
) STRICT;
CREATE INDEX inbox_waiting ON inbox (seq) WHERE state <> 'done';
CREATE INDEX inbox_by_conversation ON inbox (conversation, seq);
CREATE INDEX inbox_by_age ON inbox (arrived_at);

-- What goes out. A reply is stored before it is sent. `farewell` rows vanish once delivered.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    conversation TEXT NOT NULL,
    cause INTEGER NOT NULL,
    body TEXT NOT NULL,
    farewell INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'dead')),
    not_before INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    platform_id TEXT,
    error TEXT,
    created_at INTEGER NOT NULL,
    settled_at INTEGER
) STRICT;
CREATE INDEX outbox_waiting ON outbox (channel, id) WHERE state = 'pending';
CREATE INDEX outbox_by_cause ON outbox (cause);
CREATE INDEX outbox_by_conversation ON outbox (conversation, id);
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE state <> 'pending';

-- The last number given to an event and to a message: numbers are never used twice.
CREATE TABLE last_number (name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO last_number (name, n) VALUES ('inbox', 0), ('outbox', 0);

CREATE TABLE counter (
    day TEXT NOT NULL,
    metric TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (day, metric)
) STRICT, WITHOUT ROWID;
