-- Files that a person or a librarian sent over the web: encrypted, with a key that is not here.
-- What a file is called stands in the line of its case alone.
CREATE TABLE kept_file (
    id TEXT PRIMARY KEY,
    talk TEXT NOT NULL,
    nonce BLOB NOT NULL,
    bytes BLOB NOT NULL,
    mime TEXT NOT NULL,
    size INTEGER NOT NULL,
    at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX kept_file_by_talk ON kept_file (talk);
CREATE INDEX kept_file_by_age ON kept_file (expires_at);
CREATE INDEX case_entry_with_file ON case_entry (number) WHERE file IS NOT NULL;
