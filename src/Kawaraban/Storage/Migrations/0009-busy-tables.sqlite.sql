-- Every change of a crawl flushes its words as a segment of the index. Merging eight of a level at once, in place of four, rewrites each word
-- less often; a search reads some more segments. Four megabytes of words (one by default) are gathered before a long change flushes early.
INSERT INTO post_words (post_words, rank) VALUES ('automerge', 8);
INSERT INTO post_words (post_words, rank) VALUES ('hashsize', 4194304);
