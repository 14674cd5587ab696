-- Instants are Unix milliseconds (UTC), spans are milliseconds, claims (is, may, keeps) are 0 or 1.

CREATE TABLE migrations (
    number     BIGINT PRIMARY KEY,
    name       TEXT   NOT NULL,
    applied_at BIGINT NOT NULL
);

CREATE TABLE companies (
    id         $numbered key$,
    slug       TEXT   NOT NULL UNIQUE,
    name       TEXT   NOT NULL,
    name_key   TEXT   NOT NULL UNIQUE,            -- the name without case and width: who it is when a list names it again
    site_url   TEXT,
    logo_url   TEXT,
    post_count BIGINT NOT NULL DEFAULT 0,
    latest_at  BIGINT,                            -- the newest post
    created_at BIGINT NOT NULL
);

-- One row per site or platform: the right to talk to it.
CREATE TABLE leases (
    politeness_key  TEXT   PRIMARY KEY,
    holder          TEXT,                         -- which process has it; null when nobody
    token           BIGINT NOT NULL DEFAULT 0,    -- counts the claims; a write that names an older one is refused
    until           BIGINT NOT NULL DEFAULT 0,    -- when the claim lapses
    next_allowed_at BIGINT NOT NULL DEFAULT 0,    -- not before then: the gap, or what the server asked for
    due_at          BIGINT NOT NULL,              -- the earliest next_crawl_at of its active sources
    ready_at        BIGINT NOT NULL               -- the latest of the three: when somebody may come
);

CREATE INDEX leases_by_ready ON leases (ready_at);

CREATE TABLE sources (
    id              $numbered key$,
    company_id      BIGINT NOT NULL REFERENCES companies (id),
    url             TEXT   NOT NULL UNIQUE,
    title           TEXT,                         -- as a person named it
    feed_title      TEXT,                         -- as it names itself
    site_url        TEXT,
    politeness_key  TEXT   NOT NULL REFERENCES leases (politeness_key),
    status          TEXT   NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'gone')),
    health          TEXT   NOT NULL DEFAULT 'new',
    keeps_full_text BIGINT NOT NULL DEFAULT 1,
    interval_ms     BIGINT,                       -- null: the installation's
    next_crawl_at   BIGINT NOT NULL,
    not_before      BIGINT NOT NULL DEFAULT 0,    -- the server asked for it: holds even when a person asks for a crawl
    etag            TEXT,
    last_modified   TEXT,
    content_hash    BIGINT,                       -- of the bytes that were read last
    failures        BIGINT NOT NULL DEFAULT 0,    -- in a row
    gone_since      BIGINT,                       -- the first 410 of a row of them
    last_crawl_at   BIGINT,
    last_success_at BIGINT,
    last_error      TEXT,                         -- the sentence; null after a success
    created_at      BIGINT NOT NULL
);

CREATE INDEX sources_by_key ON sources (politeness_key, status, next_crawl_at);
CREATE INDEX sources_by_company ON sources (company_id);

CREATE TABLE crawls (
    id            $numbered key$,
    source_id     BIGINT NOT NULL REFERENCES sources (id),
    started_at    BIGINT NOT NULL,
    ended_at      BIGINT NOT NULL,
    outcome       TEXT   NOT NULL,
    http_status   BIGINT,
    bytes         BIGINT NOT NULL,
    entries       BIGINT NOT NULL,
    new_posts     BIGINT NOT NULL,
    updated_posts BIGINT NOT NULL,
    sentence      TEXT   NOT NULL
);

CREATE INDEX crawls_by_source ON crawls (source_id, id);

CREATE TABLE posts (
    id              $numbered key$,
    sort_key        BIGINT NOT NULL UNIQUE,       -- when, in seconds, and the id: newest first is this index read backwards
    source_id       BIGINT NOT NULL REFERENCES sources (id),
    company_id      BIGINT NOT NULL REFERENCES companies (id),
    identity        TEXT   NOT NULL,
    canonical_url   TEXT   NOT NULL,
    url             TEXT   NOT NULL,
    title           TEXT   NOT NULL,
    excerpt         TEXT   NOT NULL,
    picture_url     TEXT,
    author          TEXT,
    language        TEXT,
    tags            TEXT   NOT NULL,              -- as shown, one a line
    reading_minutes BIGINT,
    published_at    BIGINT,
    updated_at      BIGINT,                       -- by the publisher's account
    first_seen_at   BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL,              -- when we last wrote it
    content_hash    BIGINT NOT NULL,
    UNIQUE (source_id, identity),
    UNIQUE (company_id, canonical_url)            -- posted twice by one company is one post
);

CREATE INDEX posts_by_company ON posts (company_id, sort_key);

CREATE TABLE tags (
    id         $numbered key$,
    slug       TEXT   NOT NULL UNIQUE,
    name       TEXT   NOT NULL,                   -- the prevailing spelling,
    name_lead  BIGINT NOT NULL,                   -- and by how many votes it leads
    post_count BIGINT NOT NULL
);

CREATE TABLE post_tags (
    tag_id   BIGINT NOT NULL REFERENCES tags (id),
    sort_key BIGINT NOT NULL,                     -- the post's: a tag's listing is this key read backwards
    post_id  BIGINT NOT NULL REFERENCES posts (id),
    PRIMARY KEY (tag_id, sort_key)
) $clustered by key$;

CREATE INDEX post_tags_by_post ON post_tags (post_id);

-- What the search reads again to be sure: normalised (see Search/SearchText.cs), of no use to show.
CREATE TABLE post_texts (
    post_id $key$ REFERENCES posts (id),
    text    TEXT   NOT NULL
);
