-- The words are cut by us (Search/Bigrams.cs) and stand in the vector as they are: no dictionary, no positions; phrases are checked against
-- post_texts. The key is posts.sort_key, so that newest first is the order of this table.
CREATE TABLE post_words (
    sort_key BIGINT   PRIMARY KEY,
    post_id  BIGINT   NOT NULL,
    words    TSVECTOR NOT NULL
);

-- Of the default's thousand commonest words, a language takes all: a rare one would be taken for one in some hundred, and looked for by
-- reading the posts from the newest on.
ALTER TABLE post_words ALTER COLUMN words SET STATISTICS 1000;

CREATE INDEX post_words_by_word ON post_words USING gin (words);
