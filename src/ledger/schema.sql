-- The ledger, schema 1; what later schemas add stands in files of their own. Rows are added and never changed: triggers refuse UPDATE and DELETE.
-- `entry` is no declared reference, because an entry's own row is written last, with its hash; that
-- every row belongs to an entry is checked by `ledger verify`.
-- Days are counted from 1970-01-01, instants in seconds from then (UTC); '' stands for "none" in
-- the key of a series, so that equality holds. The views at the end show both as text.

CREATE TABLE entry (
    id          INTEGER PRIMARY KEY,
    kind        TEXT    NOT NULL,
    summary     TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL,
    program     TEXT    NOT NULL,
    hash        BLOB    NOT NULL,
    seal        BLOB    NOT NULL
) STRICT;

CREATE TABLE capture (
    id     INTEGER PRIMARY KEY,
    entry  INTEGER NOT NULL,
    sha256 BLOB    NOT NULL UNIQUE,
    size   INTEGER NOT NULL,
    name   TEXT    NOT NULL
) STRICT;

-- Compressed bytes of a capture; their truth is the capture's SHA-256. A backup may leave them out.
CREATE TABLE capture_chunk (
    id      INTEGER PRIMARY KEY,
    capture INTEGER NOT NULL REFERENCES capture,
    zstd    BLOB    NOT NULL
) STRICT;

CREATE TABLE retrieval (
    id           INTEGER PRIMARY KEY,
    entry        INTEGER NOT NULL,
    capture      INTEGER NOT NULL REFERENCES capture,
    retrieved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE reading (
    id       INTEGER PRIMARY KEY,
    entry    INTEGER NOT NULL,
    capture  INTEGER REFERENCES capture,
    reader   TEXT    NOT NULL,
    mapping  TEXT    NOT NULL,
    digest   BLOB    NOT NULL,
    rows     INTEGER NOT NULL,
    skipped  INTEGER NOT NULL
) STRICT;

CREATE TABLE publication (
    id          INTEGER PRIMARY KEY,
    entry       INTEGER NOT NULL,
    reading     INTEGER NOT NULL REFERENCES reading,
    channel     TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    url         TEXT,
    published   INTEGER,
    retrieved   INTEGER,
    version     INTEGER NOT NULL,
    relayed_by  TEXT    NOT NULL,
    licence     TEXT,
    attribution TEXT,
    notes       TEXT,
    scope       TEXT    NOT NULL,
    absence     TEXT    NOT NULL
) STRICT;

CREATE TABLE series (
    id        INTEGER PRIMARY KEY,
    entry     INTEGER NOT NULL,
    claimant  TEXT    NOT NULL,
    channel   TEXT    NOT NULL,
    indicator TEXT    NOT NULL,
    measure   TEXT    NOT NULL,
    unit      TEXT    NOT NULL,
    origin    TEXT    NOT NULL,
    location  TEXT    NOT NULL,
    since     TEXT    NOT NULL,
    breakdown TEXT    NOT NULL
) STRICT;

-- A row is a change: a value equal to the one before it in version order is a sighting.
CREATE TABLE figure (
    id           INTEGER PRIMARY KEY,
    entry        INTEGER NOT NULL,
    publication  INTEGER NOT NULL REFERENCES publication,
    series       INTEGER NOT NULL REFERENCES series,
    period_start INTEGER NOT NULL,
    period_end   INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    value        INTEGER,
    low          INTEGER,
    high         INTEGER,
    qualifier    TEXT    NOT NULL,
    status       TEXT    NOT NULL,
    missing      TEXT,
    restates     INTEGER REFERENCES figure,
    source_row   INTEGER,
    notes        TEXT
) STRICT;

-- "This publication says the same as was known", for a run of periods of one series.
CREATE TABLE sighting (
    id          INTEGER PRIMARY KEY,
    entry       INTEGER NOT NULL,
    publication INTEGER NOT NULL REFERENCES publication,
    series      INTEGER NOT NULL REFERENCES series,
    first_start INTEGER NOT NULL,
    first_end   INTEGER NOT NULL,
    last_start  INTEGER NOT NULL,
    last_end    INTEGER NOT NULL
) STRICT;

-- "This publication holds these cells and gives no number for them", for a run of periods that
-- follow each other by one step: day, month or year.
CREATE TABLE coverage (
    id          INTEGER PRIMARY KEY,
    entry       INTEGER NOT NULL,
    publication INTEGER NOT NULL REFERENCES publication,
    series      INTEGER NOT NULL REFERENCES series,
    first_start INTEGER NOT NULL,
    first_end   INTEGER NOT NULL,
    last_start  INTEGER NOT NULL,
    last_end    INTEGER NOT NULL,
    step        TEXT    NOT NULL,
    missing     TEXT    NOT NULL
) STRICT;

CREATE TABLE retraction (
    id          INTEGER PRIMARY KEY,
    entry       INTEGER NOT NULL,
    publication INTEGER REFERENCES publication,
    figure      INTEGER REFERENCES figure,
    reason      TEXT    NOT NULL
) STRICT;

-- What was put out: files with their SHA-256 as JSON, figures as runs of ids.
CREATE TABLE release (
    id      INTEGER PRIMARY KEY,
    entry   INTEGER NOT NULL,
    name    TEXT    NOT NULL UNIQUE,
    files   TEXT    NOT NULL,
    figures TEXT    NOT NULL
) STRICT;

CREATE INDEX series_place ON series (location, origin, indicator, breakdown);
CREATE INDEX figure_cell ON figure (series, period_end, period_start, version);
CREATE INDEX publication_channel ON publication (channel, version);
CREATE INDEX reading_digest ON reading (digest);
CREATE INDEX sighting_series ON sighting (series);
CREATE INDEX coverage_series ON coverage (series);
CREATE INDEX capture_chunk_capture ON capture_chunk (capture);

CREATE VIEW figures AS
SELECT 'f' || figure.id AS figure_id,
       claimant, series.channel AS channel, indicator, measure, unit,
       NULLIF(origin, '') AS origin_id, NULLIF(location, '') AS location_id,
       NULLIF(since, '') AS since, NULLIF(breakdown, '') AS breakdown,
       date(period_start * 86400, 'unixepoch') AS period_start,
       date(period_end * 86400, 'unixepoch') AS period_end,
       value, low, high, qualifier, status, missing,
       strftime('%Y-%m-%dT%H:%M:%SZ', published, 'unixepoch') AS published_at,
       strftime('%Y-%m-%dT%H:%M:%SZ', retrieved, 'unixepoch') AS retrieved_at,
       strftime('%Y-%m-%dT%H:%M:%SZ', figure.version, 'unixepoch') AS version,
       relayed_by, title, url, licence, attribution,
       COALESCE(figure.notes, publication.notes) AS notes,
       figure.entry AS entry,
       EXISTS (SELECT 1 FROM retraction
               WHERE retraction.figure = figure.id
                  OR retraction.publication = figure.publication) AS retracted
FROM figure
JOIN series ON series.id = figure.series
JOIN publication ON publication.id = figure.publication;

CREATE VIEW entries AS
SELECT id, kind, summary,
       strftime('%Y-%m-%dT%H:%M:%SZ', recorded_at, 'unixepoch') AS recorded_at,
       program, lower(hex(hash)) AS hash
FROM entry;
