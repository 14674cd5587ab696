-- What staff decided of posts, tags and companies.
ALTER TABLE posts ADD COLUMN hidden_at BIGINT;                        -- since when readers do not see it; null: they do
CREATE INDEX posts_hidden ON posts (hidden_at) WHERE hidden_at IS NOT NULL;

ALTER TABLE tags ADD COLUMN hidden_at BIGINT;                         -- since when readers do not see it
CREATE INDEX tags_hidden ON tags (slug) WHERE hidden_at IS NOT NULL;

-- Posts that are tagged with the one are listed under the other.
CREATE TABLE tag_synonyms (
    slug      TEXT NOT NULL PRIMARY KEY,
    into_slug TEXT NOT NULL                                           -- never itself a synonym
) $clustered by key$;
CREATE INDEX tag_synonyms_by_target ON tag_synonyms (into_slug);

-- A company that was merged stays as a name and an address of the one that it became part of.
ALTER TABLE companies ADD COLUMN merged_into BIGINT REFERENCES companies (id);
CREATE INDEX companies_merged ON companies (merged_into) WHERE merged_into IS NOT NULL;

-- Addresses that companies had.
CREATE TABLE former_slugs (
    slug       TEXT   NOT NULL PRIMARY KEY,
    company_id BIGINT NOT NULL REFERENCES companies (id)
) $clustered by key$;
CREATE INDEX former_slugs_by_company ON former_slugs (company_id);
