-- Work that takes longer than a page: whoever has the time claims it, and who takes over what another left goes on where that stopped.
CREATE TABLE jobs (
    id         $numbered key$,
    kind       TEXT   NOT NULL CHECK (kind IN ('apply-recipe', 'visit-all')),
    source_id  BIGINT REFERENCES sources (id),    -- what it is about; null: everything
    who        TEXT   NOT NULL,                   -- who wants it
    state      TEXT   NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'stopped')),
    done       BIGINT NOT NULL DEFAULT 0,
    total      BIGINT NOT NULL DEFAULT 0,
    sentence   TEXT   NOT NULL DEFAULT '',        -- what it came to, or where it is
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at   BIGINT,
    holder     TEXT,                              -- which process works on it
    held_until BIGINT NOT NULL DEFAULT 0,         -- who does not say anything until then has died
    attempts   BIGINT NOT NULL DEFAULT 0,
    wants_stop BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX jobs_open ON jobs (id) WHERE state IN ('waiting', 'running');
CREATE INDEX jobs_by_source ON jobs (source_id);
