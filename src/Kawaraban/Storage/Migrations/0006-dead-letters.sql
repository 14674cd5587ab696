-- An order that trouble of our own has failed again and again, kept for a person; its source is paused meanwhile.
CREATE TABLE dead_letters (
    source_id $key$ REFERENCES sources (id),
    first_at  BIGINT NOT NULL,
    last_at   BIGINT NOT NULL,
    attempts  BIGINT NOT NULL,
    error     TEXT   NOT NULL,                    -- the sentence
    detail    TEXT                                -- what a developer wants to see
);

ALTER TABLE sources ADD COLUMN our_failures       BIGINT NOT NULL DEFAULT 0;    -- in a row
ALTER TABLE sources ADD COLUMN our_failures_since BIGINT;
