-- Who works here: people are known by an id of our own, never by what a provider of identities calls them.
CREATE TABLE staff (
    id           TEXT   NOT NULL PRIMARY KEY,
    address      TEXT   NOT NULL,                 -- mail address, as typed
    address_key  TEXT   NOT NULL UNIQUE,          -- the same folded, so that one person is not two
    name         TEXT   NOT NULL,
    role         TEXT   NOT NULL CHECK (role IN ('administrator', 'operator')),
    status       TEXT   NOT NULL CHECK (status IN ('invited', 'active', 'disabled')),
    version      BIGINT NOT NULL DEFAULT 1,       -- of the row: who edits an old one is told
    created_at   BIGINT NOT NULL,
    signed_in_at BIGINT
);

-- How they prove it. What is secret is a hash, or sealed with a key that is not in the database.
CREATE TABLE staff_credentials (
    staff_id       TEXT NOT NULL PRIMARY KEY REFERENCES staff (id),
    password_hash  TEXT,
    totp_secret    TEXT,                          -- sealed
    totp_step      BIGINT NOT NULL DEFAULT 0,     -- the last time step whose code was taken: none is taken twice
    recovery_codes TEXT                           -- hashes of those not used yet, parted by spaces
);

CREATE TABLE staff_passkeys (
    credential_id TEXT   NOT NULL PRIMARY KEY,    -- base64url
    staff_id      TEXT   NOT NULL REFERENCES staff (id),
    name          TEXT   NOT NULL,
    passkey       TEXT   NOT NULL,                -- public key, counter and flags as JSON
    created_at    BIGINT NOT NULL,
    used_at       BIGINT
);
CREATE INDEX staff_passkeys_by_staff ON staff_passkeys (staff_id);

CREATE TABLE staff_invitations (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    staff_id   TEXT   NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL
);
CREATE INDEX staff_invitations_by_staff ON staff_invitations (staff_id);

-- A browser that visits the office. Only at the stage "open" is it somebody.
CREATE TABLE staff_sessions (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    id         TEXT   NOT NULL UNIQUE,            -- what lists call it
    staff_id   TEXT   REFERENCES staff (id),
    stage      TEXT   NOT NULL CHECK (stage IN ('visit', 'welcome', 'second', 'open')),
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL,
    proved_at  BIGINT NOT NULL DEFAULT 0,         -- when the person last proved who they are
    challenge  TEXT,                              -- what a passkey is to sign; used once
    secret     TEXT,                              -- sealed: what codes will be made from, until one of them was typed
    notice     TEXT,                              -- what the next page tells: the outcome of a change
    place      TEXT   NOT NULL,                   -- network address
    agent      TEXT   NOT NULL                    -- what the browser calls itself, cut
);
CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff_id);
CREATE INDEX staff_sessions_by_end ON staff_sessions (ends_at);

-- Failed attempts to sign in, by what was tried (its hash) and by where from.
CREATE TABLE sign_in_attempts (
    subject  TEXT   NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_at  BIGINT NOT NULL
);

-- What was done, by whom. Rows are added and never changed.
CREATE TABLE audit (
    id         $numbered key$,
    at         BIGINT NOT NULL,
    actor_id   TEXT   NOT NULL,                   -- of staff, or "command-line", "nobody"
    actor      TEXT   NOT NULL,                   -- their name at the time
    action     TEXT   NOT NULL,                   -- staff.invite, source.pause …
    target     TEXT   NOT NULL,                   -- what it was done to: "source 12"
    detail     TEXT,
    reason     TEXT
);
CREATE INDEX audit_by_target ON audit (target, id);
CREATE INDEX audit_by_actor ON audit (actor_id, id);
