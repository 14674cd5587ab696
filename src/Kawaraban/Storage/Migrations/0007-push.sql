-- WebSub: publishers' hubs tell us that there is something new (https://www.w3.org/TR/websub/).

ALTER TABLE sources ADD COLUMN hub_url   TEXT;                -- as its feed names it
ALTER TABLE sources ADD COLUMN topic_url TEXT;                -- the address its hub knows it by
CREATE INDEX sources_by_hub ON sources (id) WHERE hub_url IS NOT NULL;

CREATE TABLE subscriptions (
    id           $numbered key$,
    source_id    BIGINT REFERENCES sources (id) ON DELETE SET NULL,
    token        TEXT   NOT NULL UNIQUE,                      -- what makes our address for it unguessable
    secret       TEXT   NOT NULL,                             -- what the hub signs with; kept as it is, since we sign with it too
    hub          TEXT   NOT NULL,
    topic        TEXT   NOT NULL,
    is_wanted    BIGINT NOT NULL DEFAULT 1,                   -- 0: the hub is to be told that it is not
    asked_mode   TEXT,                                        -- the question to the hub that is open: subscribe, unsubscribe
    asked_at     BIGINT,
    act_at       BIGINT NOT NULL,                             -- when the hub is to be asked (again)
    failures     BIGINT NOT NULL DEFAULT 0,                   -- in a row
    trouble      TEXT,                                        -- the sentence; null after a confirmation
    active_since BIGINT,                                      -- confirmed without a gap since then
    lease_until  BIGINT NOT NULL DEFAULT 0,                   -- what comes later is not accepted
    pushed_at    BIGINT,
    owed         BIGINT NOT NULL DEFAULT 0,                   -- visits that are still to look for what was pushed
    proven       BIGINT NOT NULL DEFAULT 0,                   -- pushes that a visit found to be true
    missed_at    BIGINT                                       -- when a visit found what had not been pushed
);

-- One that is wanted a source; those that are not any more may stand beside it until their hubs have heard.
CREATE UNIQUE INDEX subscriptions_by_source ON subscriptions (source_id) WHERE is_wanted = 1;
CREATE INDEX subscriptions_by_act ON subscriptions (act_at);

-- For the references of sources, with those that are not wanted any more.
CREATE INDEX subscriptions_of_source ON subscriptions (source_id);
