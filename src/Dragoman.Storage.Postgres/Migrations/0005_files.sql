CREATE TABLE files (
    app          bigint NOT NULL,
    name         text COLLATE "C" NOT NULL,
    id           text COLLATE "C" NOT NULL,
    owner        text COLLATE "C" NOT NULL,
    location     text COLLATE "C" NOT NULL,
    content_type text COLLATE "C" NOT NULL,
    label        text COLLATE "C" NOT NULL,
    created_at   bigint NOT NULL,
    PRIMARY KEY (app, name)
);

CREATE UNIQUE INDEX files_by_id ON files (app, id);

-- Bytes, stored once for all files of an app that have them; refs counts those files.
CREATE TABLE file_contents (
    app           bigint NOT NULL,
    location      text COLLATE "C" NOT NULL,
    size          bigint NOT NULL,
    checksum_kind bigint NOT NULL,
    checksum      text COLLATE "C" NOT NULL,
    refs          bigint NOT NULL,
    PRIMARY KEY (app, location)
);

CREATE INDEX file_contents_by_checksum ON file_contents (app, checksum, checksum_kind, size);

-- Bytes that no file has any more, until they are deleted.
CREATE TABLE discarded_files (
    app      bigint NOT NULL,
    location text COLLATE "C" NOT NULL,
    PRIMARY KEY (app, location)
);

CREATE TABLE uploads (
    app           bigint NOT NULL,
    id            text COLLATE "C" NOT NULL,
    owner         text COLLATE "C" NOT NULL,
    name          text COLLATE "C" NOT NULL,
    size          bigint NOT NULL,
    part_size     bigint NOT NULL,
    checksum_kind bigint NOT NULL,
    checksum      text COLLATE "C" NOT NULL,
    content_type  text COLLATE "C" NOT NULL,
    label         text COLLATE "C" NOT NULL,
    handle        text COLLATE "C" NOT NULL,
    created_at    bigint NOT NULL,
    expires_at    bigint NOT NULL,
    state         bigint NOT NULL,
    PRIMARY KEY (app, id)
);

CREATE INDEX uploads_by_owner ON uploads (app, owner, state, expires_at);
CREATE INDEX uploads_by_end ON uploads (state, expires_at);

-- Bytes of an app's contents and open uploads.
CREATE TABLE file_usage (
    app   bigint PRIMARY KEY,
    bytes bigint NOT NULL
);

-- The key that signs links: one row, of no app.
CREATE TABLE file_keys (
    number bigint PRIMARY KEY,
    secret bytea NOT NULL
);

CREATE TABLE push_devices (
    app        bigint NOT NULL,
    user_id    text COLLATE "C" NOT NULL,
    slot       bigint NOT NULL,
    provider   bigint NOT NULL,
    token      text COLLATE "C" NOT NULL,
    badge      bigint NOT NULL,
    expires_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (app, user_id, slot)
);

CREATE TABLE client_logs (
    app        bigint NOT NULL,
    id         text COLLATE "C" NOT NULL,
    user_id    text COLLATE "C" NOT NULL,
    slot       bigint NOT NULL,
    url        text COLLATE "C" NOT NULL,
    file_name  text COLLATE "C" NOT NULL,
    framework  text COLLATE "C" NOT NULL,
    version    text COLLATE "C" NOT NULL,
    extra      text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (app, id)
);

CREATE INDEX client_logs_by_user ON client_logs (app, user_id, created_at, id);
CREATE INDEX client_logs_by_time ON client_logs (app, created_at, id);
