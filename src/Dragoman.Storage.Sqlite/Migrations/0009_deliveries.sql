-- Installations of clients that acknowledge what they were told.
CREATE TABLE client_devices (
    app     INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    dialect INTEGER NOT NULL,
    device  TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (app, user_id, dialect, device)
) WITHOUT ROWID;

-- How far each has come in the two logs of a conversation.
CREATE TABLE delivery_places (
    app      INTEGER NOT NULL,
    user_id  TEXT NOT NULL,
    dialect  INTEGER NOT NULL,
    device   TEXT NOT NULL,
    conv     INTEGER NOT NULL,
    timeline INTEGER NOT NULL,
    changes  INTEGER NOT NULL,
    PRIMARY KEY (app, user_id, dialect, device, conv)
) WITHOUT ROWID;
