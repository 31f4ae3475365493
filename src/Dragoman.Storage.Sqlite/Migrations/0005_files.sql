CREATE TABLE files (
    app          INTEGER NOT NULL,
    name         TEXT NOT NULL,
    id           TEXT NOT NULL,
    owner        TEXT NOT NULL,
    location     TEXT NOT NULL,
    content_type TEXT NOT NULL,
    label        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (app, name)
) WITHOUT ROWID;

CREATE UNIQUE INDEX files_by_id ON files (app, id);

-- Bytes, stored once for all files of an app that have them; refs counts those files.
CREATE TABLE file_contents (
    app           INTEGER NOT NULL,
    location      TEXT NOT NULL,
    size          INTEGER NOT NULL,
    checksum_kind INTEGER NOT NULL,
    checksum      TEXT NOT NULL,
    refs          INTEGER NOT NULL,
    PRIMARY KEY (app, location)
) WITHOUT ROWID;

CREATE INDEX file_contents_by_checksum ON file_contents (app, checksum, checksum_kind, size);

-- Bytes that no file has any more, until they are deleted.
CREATE TABLE discarded_files (
    app      INTEGER NOT NULL,
    location TEXT NOT NULL,
    PRIMARY KEY (app, location)
) WITHOUT ROWID;

CREATE TABLE uploads (
    app           INTEGER NOT NULL,
    id            TEXT NOT NULL,
    owner         TEXT NOT NULL,
    name          TEXT NOT NULL,
    size          INTEGER NOT NULL,
    part_size     INTEGER NOT NULL,
    checksum_kind INTEGER NOT NULL,
    checksum      TEXT NOT NULL,
    content_type  TEXT NOT NULL,
    label         TEXT NOT NULL,
    handle        TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    state         INTEGER NOT NULL,
    PRIMARY KEY (app, id)
) WITHOUT ROWID;

CREATE INDEX uploads_by_owner ON uploads (app, owner, state, expires_at);
CREATE INDEX uploads_by_end ON uploads (state, expires_at);

-- Bytes of an app's contents and open uploads.
CREATE TABLE file_usage (
    app   INTEGER PRIMARY KEY,
    bytes INTEGER NOT NULL
);

-- The key that signs links: one row, of no app.
CREATE TABLE file_keys (
    number INTEGER PRIMARY KEY,
    secret BLOB NOT NULL
);

CREATE TABLE push_devices (
    app        INTEGER NOT NULL,
    user_id    TEXT NOT NULL,
    slot       INTEGER NOT NULL,
    provider   INTEGER NOT NULL,
    token      TEXT NOT NULL,
    badge      INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (app, user_id, slot)
) WITHOUT ROWID;

CREATE TABLE client_logs (
    app        INTEGER NOT NULL,
    id         TEXT NOT NULL,
    user_id    TEXT NOT NULL,
    slot       INTEGER NOT NULL,
    url        TEXT NOT NULL,
    file_name  TEXT NOT NULL,
    framework  TEXT NOT NULL,
    version    TEXT NOT NULL,
    extra      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (app, id)
) WITHOUT ROWID;

CREATE INDEX client_logs_by_user ON client_logs (app, user_id, created_at, id);
CREATE INDEX client_logs_by_time ON client_logs (app, created_at, id);
