ALTER TABLE sources ADD COLUMN posts_gap_ms   BIGINT;                   -- typical time between two posts
ALTER TABLE sources ADD COLUMN latest_post_at BIGINT;                   -- by the feed's account
