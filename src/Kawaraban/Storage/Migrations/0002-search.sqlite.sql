-- The words are cut by us (Search/Bigrams.cs); "ascii" only parts them at the spaces, which is why nothing else may part them.
-- Contentless and without positions: a fifth of the size; phrases are checked against post_texts. The rowid is posts.sort_key, so
-- that newest first is the order in which the index is read.
CREATE VIRTUAL TABLE post_words USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    detail = none,
    tokenize = "ascii tokenchars '#+.'"
);
