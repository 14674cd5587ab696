-- When the office is open beside its hours, because an administrator opened it.
CREATE TABLE office_openings (
    id      $numbered key$,
    role    TEXT   NOT NULL CHECK (role IN ('administrator', 'operator')),
    ends_at BIGINT NOT NULL
);
