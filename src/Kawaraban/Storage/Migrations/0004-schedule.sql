-- What decides when a source is visited: what a person says, what its publisher asks for, how often it posts.

ALTER TABLE sources ADD COLUMN schedule TEXT;                              -- as Scheduling/Schedule.cs reads it; null: the installation's
ALTER TABLE sources ADD COLUMN hint_interval_ms BIGINT;                    -- ttl, or the period of the Syndication module
ALTER TABLE sources ADD COLUMN hint_base BIGINT;                           -- from when the periods are counted
ALTER TABLE sources ADD COLUMN hint_skip_hours BIGINT NOT NULL DEFAULT 0;  -- GMT, a bit an hour
ALTER TABLE sources ADD COLUMN hint_skip_days BIGINT NOT NULL DEFAULT 0;   -- GMT, a bit a day from Sunday on
ALTER TABLE sources ADD COLUMN posts_gap_ms BIGINT;                        -- typical time between two posts
ALTER TABLE sources ADD COLUMN latest_post_at BIGINT;                      -- by the feed's account

UPDATE sources SET schedule = 'every ' || (interval_ms / 1000) || 's' WHERE interval_ms IS NOT NULL;
ALTER TABLE sources DROP COLUMN interval_ms;
