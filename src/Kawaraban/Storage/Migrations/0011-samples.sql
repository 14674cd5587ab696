-- Documents that a recipe has to give the same posts for, whatever is changed in it.
CREATE TABLE samples (
    id           $numbered key$,
    source_id    BIGINT NOT NULL REFERENCES sources (id),
    name         TEXT   NOT NULL,
    url          TEXT   NOT NULL,
    content_type TEXT,
    body         TEXT   NOT NULL,                 -- the bytes as they came, base64
    pages        TEXT   NOT NULL,                 -- posts' own pages, in the same way: JSON
    expected     TEXT   NOT NULL,                 -- the posts: JSON
    at           BIGINT NOT NULL,                 -- the moment for which it holds: what is old grows older
    who          TEXT   NOT NULL,
    UNIQUE (source_id, name)
);
