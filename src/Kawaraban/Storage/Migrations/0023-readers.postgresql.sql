-- Readers who have registered: personal data, in a schema of its own. What names a person is sealed; the index finds an address without
-- showing it.
CREATE SCHEMA kawaraban_readers;
CREATE TABLE kawaraban_readers.reader_accounts (
    id            TEXT   NOT NULL PRIMARY KEY,
    address       TEXT   NOT NULL,                -- sealed
    address_index TEXT   NOT NULL UNIQUE,         -- keyed hash of the folded address
    name          TEXT,                           -- sealed
    consent       TEXT   NOT NULL,                -- to which text they have agreed
    consented_at  BIGINT NOT NULL,
    created_at    BIGINT NOT NULL
);
CREATE INDEX reader_accounts_by_age ON kawaraban_readers.reader_accounts (created_at, id);

CREATE TABLE kawaraban_readers.reader_follows (
    reader_id  TEXT   NOT NULL REFERENCES kawaraban_readers.reader_accounts (id),
    company_id BIGINT NOT NULL REFERENCES companies (id),
    since      BIGINT NOT NULL,
    PRIMARY KEY (reader_id, company_id)
);
CREATE INDEX reader_follows_by_company ON kawaraban_readers.reader_follows (company_id);
REVOKE ALL ON SCHEMA kawaraban_readers FROM PUBLIC;

-- The role for processes that operators work with: the whole catalog, nothing of readers, and of the staff no more than coming in takes. It
-- cannot make anybody an administrator, nor change what the audit trail holds. A login of its own is given it: GRANT kawaraban_office TO ….
-- Who migrates without the right to make roles makes it beforehand.
DO $body$
DECLARE
    home TEXT := current_schema();
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'kawaraban_office') THEN
        BEGIN
            CREATE ROLE kawaraban_office NOLOGIN;
        EXCEPTION
            WHEN insufficient_privilege THEN
                RAISE NOTICE 'the role kawaraban_office is not there and could not be made: docs/office-wall.md says how';
                RETURN;
            WHEN duplicate_object OR unique_violation THEN
                NULL;   -- another database's migration was faster
        END;
    END IF;

    EXECUTE format('GRANT USAGE ON SCHEMA %I TO kawaraban_office', home);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO kawaraban_office', home);
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO kawaraban_office', home);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO kawaraban_office', home);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE ON SEQUENCES TO kawaraban_office', home);
    REVOKE INSERT, UPDATE, DELETE ON staff, office_openings, migrations FROM kawaraban_office;
    GRANT UPDATE (status, version, signed_in_at) ON staff TO kawaraban_office;
    REVOKE UPDATE, DELETE ON audit FROM kawaraban_office;
END
$body$;
