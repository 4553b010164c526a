-- Telegram groups that are desks. `missing` names the rights that the bot lacks there, if any.
CREATE TABLE desk_group (
    chat INTEGER PRIMARY KEY,
    desk TEXT NOT NULL,
    title TEXT NOT NULL,
    joined_at INTEGER NOT NULL,
    missing TEXT NOT NULL DEFAULT '',
    lost_at INTEGER,
    notice INTEGER
) STRICT;
CREATE INDEX desk_group_by_desk ON desk_group (desk);

-- A topic is a view of a case: what of it is shown so far. It can be made anew at any time.
CREATE TABLE desk_topic (
    number INTEGER NOT NULL,
    chat INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    header INTEGER,
    header_mark TEXT NOT NULL DEFAULT '',
    icon TEXT NOT NULL DEFAULT '',
    shown INTEGER NOT NULL DEFAULT 0,
    closed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (number, chat)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX desk_topic_by_thread ON desk_topic (chat, thread);

-- Which message of a group is which line of a case: to mark it, to change it. One message may join
-- several lines, and a long line may fill several messages. Line 0: what is ours, as the card is.
CREATE TABLE desk_post (
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    number INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    mark TEXT NOT NULL DEFAULT '',
    at INTEGER NOT NULL,
    PRIMARY KEY (chat, message, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_post_by_entry ON desk_post (entry);
CREATE INDEX desk_post_by_case ON desk_post (number, chat);
CREATE INDEX desk_post_by_age ON desk_post (chat, at);
