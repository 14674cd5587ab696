-- What is observed of a source's address before anything is done about it.
ALTER TABLE sources ADD COLUMN moved_to    TEXT;                        -- where it redirects for good, until that is believed
ALTER TABLE sources ADD COLUMN moved_since BIGINT;
ALTER TABLE sources ADD COLUMN moved_seen  BIGINT NOT NULL DEFAULT 0;   -- how many times in a row
ALTER TABLE sources ADD COLUMN notice      TEXT;                        -- what a person should know: a sentence

-- When its document last came in full, whatever validators we had.
ALTER TABLE sources ADD COLUMN full_fetch_at BIGINT;
UPDATE sources SET full_fetch_at = last_success_at;
