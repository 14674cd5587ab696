-- One article that stands at two places is two posts, one of which stands for both (docs/twins.md). Nothing is deleted: taking the mark away
-- brings the other back.
ALTER TABLE posts ADD COLUMN twin_of   BIGINT REFERENCES posts (id);     -- the post that stands for it; null: it stands for itself
ALTER TABLE posts ADD COLUMN is_second BIGINT NOT NULL DEFAULT 0;        -- 1: another place of its own company stands in the company's listing
ALTER TABLE posts ADD COLUMN page_key  BIGINT;                           -- of the page that it is by its own account; null when that says nothing
ALTER TABLE posts ADD COLUMN title_key BIGINT;                           -- of the title; null when many posts could have it

CREATE INDEX posts_by_page ON posts (page_key) WHERE page_key IS NOT NULL;
CREATE INDEX posts_by_title ON posts (title_key) WHERE title_key IS NOT NULL;
CREATE INDEX posts_twins ON posts (twin_of, is_second) WHERE twin_of IS NOT NULL;

-- Pairs that a person has put apart; the smaller number first.
CREATE TABLE twins_apart (
    post_id  BIGINT NOT NULL REFERENCES posts (id),
    other_id BIGINT NOT NULL REFERENCES posts (id),
    PRIMARY KEY (post_id, other_id)
) $clustered by key$;

CREATE INDEX twins_apart_by_other ON twins_apart (other_id);

-- What was joined and parted, by whom and why.
CREATE TABLE twin_history (
    id       $numbered key$,
    post_id  BIGINT NOT NULL REFERENCES posts (id),
    other_id BIGINT NOT NULL REFERENCES posts (id),
    action   TEXT   NOT NULL CHECK (action IN ('merged', 'split')),
    evidence TEXT,                                                       -- what it was seen by
    at       BIGINT NOT NULL,
    who      TEXT   NOT NULL,
    why      TEXT
);

CREATE INDEX twin_history_by_post ON twin_history (post_id);
CREATE INDEX twin_history_by_other ON twin_history (other_id);

-- Up to which number the posts have been looked at, beside those of a visit, which are looked at after it. One row.
CREATE TABLE twin_progress (
    looked_to BIGINT NOT NULL
);

INSERT INTO twin_progress (looked_to) VALUES (0);
