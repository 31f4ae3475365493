-- Rooms: what is kept of them. Who is in one is in memory alone.
CREATE TABLE rooms (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    app          INTEGER NOT NULL,
    id           TEXT NOT NULL,
    type         TEXT NOT NULL,
    name         TEXT NOT NULL,
    description  TEXT NOT NULL,
    avatar       TEXT NOT NULL,
    announcement TEXT NOT NULL,
    extra        TEXT NOT NULL,
    owner        TEXT NOT NULL,
    capacity     INTEGER NOT NULL,
    replay       INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    muted_until  INTEGER NOT NULL,
    is_ended     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (app, id)
);

-- Rooms count in the upper half of the numbers, so that a room and a group never share one.
INSERT INTO sqlite_sequence (name, seq) VALUES ('rooms', 1073741824);

CREATE INDEX rooms_by_age ON rooms (app, is_ended, created_at);

-- Managers, and who is muted, banned or allowed to speak: subject is a user, or a tag that is muted.
CREATE TABLE room_standings (
    app      INTEGER NOT NULL,
    room     TEXT NOT NULL,
    standing INTEGER NOT NULL,
    subject  TEXT NOT NULL,
    ends_at  INTEGER NOT NULL,
    PRIMARY KEY (app, room, standing, subject)
) WITHOUT ROWID;

CREATE TABLE room_attributes (
    app               INTEGER NOT NULL,
    room              TEXT NOT NULL,
    name              TEXT NOT NULL,
    content           TEXT NOT NULL,
    writer            TEXT NOT NULL,
    drops_with_writer INTEGER NOT NULL,
    PRIMARY KEY (app, room, name)
) WITHOUT ROWID;

-- Users who may create rooms for their app.
CREATE TABLE room_creators (
    app     INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    since   INTEGER NOT NULL,
    PRIMARY KEY (app, user_id)
) WITHOUT ROWID;
