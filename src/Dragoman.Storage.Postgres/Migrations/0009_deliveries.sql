-- Installations of clients that acknowledge what they were told.
CREATE TABLE client_devices (
    app     bigint NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    dialect bigint NOT NULL,
    device  text COLLATE "C" NOT NULL,
    seen_at bigint NOT NULL,
    PRIMARY KEY (app, user_id, dialect, device)
);

-- How far each has come in the two logs of a conversation.
CREATE TABLE delivery_places (
    app      bigint NOT NULL,
    user_id  text COLLATE "C" NOT NULL,
    dialect  bigint NOT NULL,
    device   text COLLATE "C" NOT NULL,
    conv     bigint NOT NULL,
    timeline bigint NOT NULL,
    changes  bigint NOT NULL,
    PRIMARY KEY (app, user_id, dialect, device, conv)
);
