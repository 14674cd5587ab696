-- The recipe that a source has of its own, over the one of its platform: Recipes/Document/recipe.schema.json says what stands in it.
ALTER TABLE sources ADD COLUMN recipe         TEXT;
ALTER TABLE sources ADD COLUMN recipe_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN recipe_notice  TEXT;                     -- which of its rules failed at the last visit: a sentence
ALTER TABLE sources ADD COLUMN platform       TEXT;                     -- the built-in recipe that its address or generator fits

-- All that it ever was.
CREATE TABLE recipes (
    id        $numbered key$,
    source_id BIGINT NOT NULL REFERENCES sources (id),
    version   BIGINT NOT NULL,
    recipe    TEXT,                               -- null: it had none of its own from then on
    at        BIGINT NOT NULL,
    who       TEXT   NOT NULL,
    why       TEXT,
    UNIQUE (source_id, version)
);
