-- Companies with posts of which the hub of our own feeds has not heard yet.
CREATE TABLE announcements (
    company_id $key$ REFERENCES companies (id),
    since      BIGINT NOT NULL,                               -- the first change that it has not heard of
    version    BIGINT NOT NULL,                               -- counts the changes: who has told it an older one leaves the row
    attempts   BIGINT NOT NULL,
    try_at     BIGINT NOT NULL
);

CREATE INDEX announcements_by_try ON announcements (try_at);
