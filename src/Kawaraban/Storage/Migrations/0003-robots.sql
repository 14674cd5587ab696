-- What the robots.txt of an origin said when it was asked for last (RFC 9309).
CREATE TABLE robots (
    origin            TEXT   PRIMARY KEY,         -- scheme, host and port
    fetched_at        BIGINT NOT NULL,
    expires_at        BIGINT NOT NULL,            -- asked for again from then on
    status            BIGINT,                     -- null when there was no answer
    body              TEXT,                       -- what could be read last, at most 500 kB; null when there is no such file
    names_us          BIGINT NOT NULL,            -- whether a group of it is for us by name
    crawl_delay_ms    BIGINT,                     -- what it wants of us between two requests
    unreachable_since BIGINT                      -- the first of a row of answers that leave open what is allowed
);
