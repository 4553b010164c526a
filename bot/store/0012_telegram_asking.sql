-- What a librarian was asked for in their group and answers with their next message: it must not
-- be taken for a reply to the person, also after a restart. `used` is the update that answered it.
-- „rest“: nothing is asked; what follows at once is the rest of a message that was too long.
CREATE TABLE desk_asking (
    chat INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    user INTEGER NOT NULL,
    number INTEGER NOT NULL,
    about TEXT NOT NULL CHECK (about IN ('transfer', 'expert', 'rest')),
    library TEXT NOT NULL DEFAULT '',
    colleague TEXT NOT NULL DEFAULT '',
    direct INTEGER NOT NULL DEFAULT 0,
    at INTEGER NOT NULL,
    used TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (chat, thread, user)
) STRICT, WITHOUT ROWID;
