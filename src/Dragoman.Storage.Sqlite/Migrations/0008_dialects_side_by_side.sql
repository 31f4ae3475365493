-- A kind of device is counted by its dialect. Until now there was one: 3.
ALTER TABLE grants ADD COLUMN dialect INTEGER NOT NULL DEFAULT 3;
ALTER TABLE client_logs ADD COLUMN dialect INTEGER NOT NULL DEFAULT 3;

CREATE TABLE push_devices_by_dialect (
    app        INTEGER NOT NULL,
    user_id    TEXT NOT NULL,
    dialect    INTEGER NOT NULL,
    slot       INTEGER NOT NULL,
    provider   INTEGER NOT NULL,
    token      TEXT NOT NULL,
    badge      INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (app, user_id, dialect, slot)
) WITHOUT ROWID;

INSERT INTO push_devices_by_dialect (app, user_id, dialect, slot, provider, token, badge, expires_at, updated_at)
SELECT app, user_id, 3, slot, provider, token, badge, expires_at, updated_at FROM push_devices;

DROP TABLE push_devices;
ALTER TABLE push_devices_by_dialect RENAME TO push_devices;

ALTER TABLE accounts ADD COLUMN state INTEGER NOT NULL DEFAULT 0;

-- Tokens that were issued before are void.
ALTER TABLE accounts ADD COLUMN invalid_before INTEGER NOT NULL DEFAULT 0;

ALTER TABLE accounts ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
UPDATE accounts SET updated_at = created_at;

-- When each user was last let in, by the number of the day since 1970: what editions of an app are counted by.
CREATE TABLE active_users (
    app     INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    day     INTEGER NOT NULL,
    PRIMARY KEY (app, user_id)
) WITHOUT ROWID;

CREATE INDEX active_users_by_day ON active_users (app, day);
