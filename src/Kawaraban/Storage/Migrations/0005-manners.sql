-- What is observed of a source's address before anything is done about it.
ALTER TABLE sources ADD COLUMN moved_to    TEXT;                        -- where it redirects for good, until that is believed
ALTER TABLE sources ADD COLUMN moved_since BIGINT;
ALTER TABLE sources ADD COLUMN moved_seen  BIGINT NOT NULL DEFAULT 0;   -- how many times in a row
ALTER TABLE sources ADD COLUMN notice      TEXT;                        -- what a person should know: a sentence

-- When its document last came in full, whatever validators we had.
ALTER TABLE sources ADD COLUMN full_fetch_at BIGINT;
UPDATE sources SET full_fetch_at = last_success_at;

-- What its server wants a request to carry beside the usual: Fetching/RequestSettings.cs as JSON.
ALTER TABLE sources ADD COLUMN request TEXT;

-- Who posted last when: for sources whose document has not changed since that is kept, and may not change for long.
UPDATE sources SET latest_post_at = (SELECT max(coalesce(published_at, first_seen_at)) FROM posts WHERE source_id = sources.id)
WHERE latest_post_at IS NULL;

-- An address at which there is no feed any more, and what is proposed in its place.
ALTER TABLE sources ADD COLUMN lost_since     BIGINT;                   -- the first of a row of visits that say so
ALTER TABLE sources ADD COLUMN lost_seen      BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN searched_at    BIGINT;                   -- when its site was last looked at for another
ALTER TABLE sources ADD COLUMN proposed_url   TEXT;
ALTER TABLE sources ADD COLUMN proposed_title TEXT;                     -- what the feed there calls itself
ALTER TABLE sources ADD COLUMN proposed_at    BIGINT;
