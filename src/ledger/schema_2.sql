-- What schema 2 adds: the places that gazetteers describe and the further names of places.

-- A unit as a gazetteer described it; the newest row of a place stands. `names` is JSON: texts with
-- the language where it is known.
CREATE TABLE place (
    id     INTEGER PRIMARY KEY,
    entry  INTEGER NOT NULL,
    place  TEXT    NOT NULL,
    kind   TEXT    NOT NULL,
    parent TEXT    NOT NULL,
    name   TEXT    NOT NULL,
    names  TEXT    NOT NULL
) STRICT;

-- "This name means that place", or no longer does (`means` is 0); the newest row of a pair stands.
CREATE TABLE alias (
    id    INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL,
    name  TEXT    NOT NULL,
    place TEXT    NOT NULL,
    means INTEGER NOT NULL
) STRICT;
