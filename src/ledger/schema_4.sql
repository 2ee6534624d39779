-- What schema 4 adds: figures that were read from prose, and what was decided on each.

-- A text that figures were read from, beside what its publication says of it: who put it out, the
-- organisation that speaks in it, its language, the countries it is about and the entries of a live
-- blog (both as JSON), and the text as it was read.
CREATE TABLE document (
    id          INTEGER PRIMARY KEY,
    entry       INTEGER NOT NULL,
    publication INTEGER NOT NULL REFERENCES publication,
    publisher   TEXT,
    source      TEXT,
    language    TEXT,
    about       TEXT    NOT NULL,
    parts       TEXT    NOT NULL,
    body        TEXT    NOT NULL
) STRICT;

-- A figure as a text says it, which waits for a decision: its place among those of the document, the
-- number's first character in the text and the one after its last, the sentence, what is counted where
-- that was told, when its part of the document was published where that is known, and all of it as JSON.
CREATE TABLE candidate (
    id         INTEGER PRIMARY KEY,
    entry      INTEGER NOT NULL,
    document   INTEGER NOT NULL REFERENCES document,
    number     INTEGER NOT NULL,
    first      INTEGER NOT NULL,
    after_last INTEGER NOT NULL,
    quote      TEXT    NOT NULL,
    indicator  TEXT,
    published  INTEGER,
    read_as    TEXT    NOT NULL
) STRICT;

-- What was decided on a candidate: the figure that says it, if one was recorded, and what was corrected,
-- as JSON. The newest decision stands that was not taken back.
CREATE TABLE decision (
    id        INTEGER PRIMARY KEY,
    entry     INTEGER NOT NULL,
    candidate INTEGER NOT NULL REFERENCES candidate,
    answer    TEXT    NOT NULL,
    figure    INTEGER REFERENCES figure,
    changes   TEXT    NOT NULL,
    reason    TEXT
) STRICT;

CREATE INDEX document_publication ON document (publication);
CREATE INDEX candidate_document ON candidate (document);
CREATE INDEX candidate_indicator ON candidate (indicator);
CREATE INDEX decision_candidate ON decision (candidate);
CREATE INDEX decision_figure ON decision (figure);
