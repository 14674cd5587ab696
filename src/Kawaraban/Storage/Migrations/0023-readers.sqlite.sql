-- Readers who have registered: personal data. What names a person is sealed; the index finds an address without showing it.
CREATE TABLE reader_accounts (
    id            TEXT   NOT NULL PRIMARY KEY,
    address       TEXT   NOT NULL,                -- sealed
    address_index TEXT   NOT NULL UNIQUE,         -- keyed hash of the folded address
    name          TEXT,                           -- sealed
    consent       TEXT   NOT NULL,                -- to which text they have agreed
    consented_at  BIGINT NOT NULL,
    created_at    BIGINT NOT NULL
);
CREATE INDEX reader_accounts_by_age ON reader_accounts (created_at, id);

CREATE TABLE reader_follows (
    reader_id  TEXT   NOT NULL REFERENCES reader_accounts (id),
    company_id BIGINT NOT NULL REFERENCES companies (id),
    since      BIGINT NOT NULL,
    PRIMARY KEY (reader_id, company_id)
) WITHOUT ROWID;
CREATE INDEX reader_follows_by_company ON reader_follows (company_id);
