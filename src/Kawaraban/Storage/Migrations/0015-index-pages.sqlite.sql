-- The index writes its words in pieces that fill a page of the file; a file made before has pages of 4 kB and keeps them.
INSERT INTO post_words (post_words, rank) SELECT 'pgsz', page_size - 46 FROM pragma_page_size;
-- Sixteen segments of a level are merged at once, in place of eight: each word is rewritten less often.
INSERT INTO post_words (post_words, rank) VALUES ('automerge', 16);
