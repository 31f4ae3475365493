-- Which edit the body is of (JSON); null when it is the first one.
ALTER TABLE entries ADD COLUMN edit text COLLATE "C";

-- Bodies that messages had before they were edited; version 0 is the first one.
CREATE TABLE entry_edits (
    app       bigint NOT NULL,
    conv      bigint NOT NULL,
    seq       bigint NOT NULL,
    version   bigint NOT NULL,
    editor    text COLLATE "C" NOT NULL,
    edited_at bigint NOT NULL,
    origin    bigint NOT NULL,
    content   bigint NOT NULL,
    type      bigint NOT NULL,
    body      bytea NOT NULL,
    PRIMARY KEY (app, conv, seq, version)
);

CREATE INDEX entry_edits_by_editor ON entry_edits (app, editor);

CREATE TABLE reactions (
    app        bigint NOT NULL,
    conv       bigint NOT NULL,
    seq        bigint NOT NULL,
    reaction   text COLLATE "C" NOT NULL,
    user_id    text COLLATE "C" NOT NULL,
    reacted_at bigint NOT NULL,
    PRIMARY KEY (app, conv, seq, reaction, user_id)
);

CREATE INDEX reactions_by_user ON reactions (app, user_id);

CREATE TABLE pins (
    app       bigint NOT NULL,
    conv      bigint NOT NULL,
    seq       bigint NOT NULL,
    pinned_by text COLLATE "C" NOT NULL,
    pinned_at bigint NOT NULL,
    PRIMARY KEY (app, conv, seq)
);

CREATE INDEX pins_by_user ON pins (app, pinned_by);
