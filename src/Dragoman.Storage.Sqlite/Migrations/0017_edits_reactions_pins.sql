-- Which edit the body is of (JSON); null when it is the first one.
ALTER TABLE entries ADD COLUMN edit TEXT;

-- Bodies that messages had before they were edited; version 0 is the first one.
CREATE TABLE entry_edits (
    app       INTEGER NOT NULL,
    conv      INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    editor    TEXT NOT NULL,
    edited_at INTEGER NOT NULL,
    origin    INTEGER NOT NULL,
    content   INTEGER NOT NULL,
    type      INTEGER NOT NULL,
    body      BLOB NOT NULL,
    PRIMARY KEY (app, conv, seq, version)
) WITHOUT ROWID;

CREATE INDEX entry_edits_by_editor ON entry_edits (app, editor);

CREATE TABLE reactions (
    app        INTEGER NOT NULL,
    conv       INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    reaction   TEXT NOT NULL,
    user_id    TEXT NOT NULL,
    reacted_at INTEGER NOT NULL,
    PRIMARY KEY (app, conv, seq, reaction, user_id)
) WITHOUT ROWID;

CREATE INDEX reactions_by_user ON reactions (app, user_id);

CREATE TABLE pins (
    app       INTEGER NOT NULL,
    conv      INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    pinned_by TEXT NOT NULL,
    pinned_at INTEGER NOT NULL,
    PRIMARY KEY (app, conv, seq)
) WITHOUT ROWID;

CREATE INDEX pins_by_user ON pins (app, pinned_by);
