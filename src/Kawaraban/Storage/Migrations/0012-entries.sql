-- The entry of a post as published, so that another recipe can be applied to it: Recipes/StoredEntry.cs as JSON.
CREATE TABLE entries (
    post_id $key$ REFERENCES posts (id),
    entry   TEXT   NOT NULL
);

-- Pages that are read for a source beside its document: posts' own ones, for what the document lacks, and lists of older posts.
CREATE TABLE pages (
    source_id BIGINT NOT NULL REFERENCES sources (id),
    page_key  TEXT   NOT NULL,                    -- the address without what does not matter
    url       TEXT   NOT NULL,
    kind      TEXT   NOT NULL CHECK (kind IN ('entry', 'list')),
    state     TEXT   NOT NULL CHECK (state IN ('waiting', 'read', 'stale', 'failed')),    -- stale: read for another recipe
    depth     BIGINT NOT NULL DEFAULT 0,          -- of a list: how many come before it
    attempts  BIGINT NOT NULL DEFAULT 0,
    entry     TEXT,                               -- as published, while it waits
    identity  TEXT,                               -- the post's, when there is one already
    facts     TEXT,                               -- what the page says: JSON
    note      TEXT,
    at        BIGINT NOT NULL,
    PRIMARY KEY (source_id, page_key)
) $clustered by key$;

CREATE INDEX pages_waiting ON pages (source_id, kind, at) WHERE state = 'waiting';

-- How far a recipe has been applied to a source's stored posts: the number of the last one, and the version of the recipe; null when none is
-- being applied.
ALTER TABLE sources ADD COLUMN reshaped_to      BIGINT;
ALTER TABLE sources ADD COLUMN reshaped_version BIGINT;
