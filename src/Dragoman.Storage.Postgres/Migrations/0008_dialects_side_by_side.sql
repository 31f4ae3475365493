-- A kind of device is counted by its dialect. Until now there was one: 3.
ALTER TABLE grants ADD COLUMN dialect bigint NOT NULL DEFAULT 3;
ALTER TABLE client_logs ADD COLUMN dialect bigint NOT NULL DEFAULT 3;

CREATE TABLE push_devices_by_dialect (
    app        bigint NOT NULL,
    user_id    text COLLATE "C" NOT NULL,
    dialect    bigint NOT NULL,
    slot       bigint NOT NULL,
    provider   bigint NOT NULL,
    token      text COLLATE "C" NOT NULL,
    badge      bigint NOT NULL,
    expires_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (app, user_id, dialect, slot)
);

INSERT INTO push_devices_by_dialect (app, user_id, dialect, slot, provider, token, badge, expires_at, updated_at)
SELECT app, user_id, 3, slot, provider, token, badge, expires_at, updated_at FROM push_devices;

DROP TABLE push_devices;
ALTER TABLE push_devices_by_dialect RENAME TO push_devices;

ALTER TABLE accounts ADD COLUMN state bigint NOT NULL DEFAULT 0;

-- Tokens that were issued before are void.
ALTER TABLE accounts ADD COLUMN invalid_before bigint NOT NULL DEFAULT 0;

ALTER TABLE accounts ADD COLUMN updated_at bigint NOT NULL DEFAULT 0;
UPDATE accounts SET updated_at = created_at;

-- When each user was last let in, by the number of the day since 1970: what editions of an app are counted by.
CREATE TABLE active_users (
    app     bigint NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    day     bigint NOT NULL,
    PRIMARY KEY (app, user_id)
);

CREATE INDEX active_users_by_day ON active_users (app, day);
