-- A page that goes with a message, kept apart from its text: '' once it is no longer kept.
ALTER TABLE outbox ADD COLUMN document TEXT;
CREATE INDEX outbox_with_document ON outbox (created_at) WHERE document <> '';

-- A row may hide what was sent before: the platform's ids of it, or `target`, the message that
-- had none yet. On a channel whose screen shows what is stored, '' begins the screen anew.
ALTER TABLE outbox ADD COLUMN hides TEXT;
ALTER TABLE outbox ADD COLUMN target INTEGER;

-- What was wiped before it was sent: its words go as soon as it is.
ALTER TABLE outbox ADD COLUMN fleeting INTEGER NOT NULL DEFAULT 0;

-- What the platform calls a person's own message, so that it can be taken off their screen.
ALTER TABLE inbox ADD COLUMN platform_id TEXT;
