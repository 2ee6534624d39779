-- What schema 3 adds: where captures were received from, and readings of several pages.

-- What a server answered: the bytes, the address that was asked (without keys), when, the status, and
-- the headers that matter, as JSON.
CREATE TABLE answer (
    id           INTEGER PRIMARY KEY,
    entry        INTEGER NOT NULL,
    capture      INTEGER NOT NULL REFERENCES capture,
    url          TEXT    NOT NULL,
    retrieved_at INTEGER NOT NULL,
    status       INTEGER NOT NULL,
    headers      TEXT    NOT NULL
) STRICT;

CREATE INDEX answer_by_url ON answer (url);

-- What was asked for a reading, as the words after `humstat ingest`, in JSON; `update` asks it again.
CREATE TABLE ask (
    id      INTEGER PRIMARY KEY,
    entry   INTEGER NOT NULL,
    reading INTEGER NOT NULL REFERENCES reading,
    words   TEXT    NOT NULL
) STRICT;

-- The captures of a reading after its first, in their order.
CREATE TABLE page (
    id      INTEGER PRIMARY KEY,
    entry   INTEGER NOT NULL,
    reading INTEGER NOT NULL REFERENCES reading,
    capture INTEGER NOT NULL REFERENCES capture
) STRICT;
