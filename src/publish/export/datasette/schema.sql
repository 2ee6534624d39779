-- The tables of an export for Datasette beside `figures`, whose columns are made from their list.

CREATE TABLE places (
    id        TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    iso3      TEXT,
    pcode     TEXT,
    parent    TEXT REFERENCES places (id),
    latitude  REAL,
    longitude REAL
);

CREATE TABLE publications (
    id           INTEGER PRIMARY KEY,
    channel      TEXT NOT NULL,
    title        TEXT NOT NULL,
    url          TEXT,
    published_at TEXT,
    retrieved_at TEXT,
    version      TEXT NOT NULL,
    relayed_by   TEXT,
    licence      TEXT,
    attribution  TEXT,
    entry        INTEGER NOT NULL
);

CREATE TABLE caveats (
    id          INTEGER PRIMARY KEY,
    publication INTEGER NOT NULL REFERENCES publications (id),
    figure_id   TEXT REFERENCES figures (figure_id),
    caveat      TEXT NOT NULL
);

CREATE INDEX publications_channel ON publications (channel, version);
CREATE INDEX caveats_publication ON caveats (publication);
CREATE INDEX caveats_figure ON caveats (figure_id);
CREATE INDEX figures_indicator ON figures (indicator, location_id, period_end);
CREATE INDEX figures_location ON figures (location_id);
CREATE INDEX figures_origin ON figures (origin_id);
CREATE INDEX figures_claimant ON figures (claimant);
CREATE INDEX figures_period ON figures (period_end);
CREATE INDEX figures_publication ON figures (publication);
