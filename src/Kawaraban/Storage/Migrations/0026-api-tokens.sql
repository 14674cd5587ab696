-- What programs of the staff show in place of a session. It may do what stands in its scopes, and never more than its owner may now.
CREATE TABLE api_tokens (
    id         TEXT   NOT NULL PRIMARY KEY,       -- the part of it that is no secret
    name       TEXT   NOT NULL,                   -- what its owner calls it
    token_hash TEXT   NOT NULL,
    staff_id   TEXT   NOT NULL REFERENCES staff (id),
    scopes     TEXT   NOT NULL,                   -- policies, parted by spaces
    created_at BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL,
    used_at    BIGINT,                            -- to the minute
    revoked_at BIGINT
);
CREATE INDEX api_tokens_by_staff ON api_tokens (staff_id);
