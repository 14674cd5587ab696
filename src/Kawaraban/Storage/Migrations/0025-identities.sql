-- Who a provider of identities says somebody is. People stay known by our own id: a provider that is set up anew gives them new subjects.
CREATE TABLE staff_identities (
    issuer     TEXT   NOT NULL,
    subject    TEXT   NOT NULL,                 -- what the provider calls them; unique within the issuer
    staff_id   TEXT   NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX staff_identities_by_staff ON staff_identities (staff_id);

-- Sealed: the ID token that a session came in by. The provider asks for it when its own session is to end.
ALTER TABLE staff_sessions ADD COLUMN id_token TEXT;
