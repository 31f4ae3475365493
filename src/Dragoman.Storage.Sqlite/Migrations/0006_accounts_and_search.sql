-- The origin's own number for the kind of a body: what a search by type asks for.
ALTER TABLE entries ADD COLUMN type INTEGER NOT NULL DEFAULT 0;

-- Where a conversation begins for everybody: what came before was cleared for both sides.
ALTER TABLE conversations ADD COLUMN first_seq INTEGER NOT NULL DEFAULT 1;

-- Nothing of the changes after it is shown (left the group); 0 is no limit.
ALTER TABLE user_conversations ADD COLUMN max_change INTEGER NOT NULL DEFAULT 0;

-- The user took the conversation off his list when its timeline was so long; 0 when he did not.
ALTER TABLE user_conversations ADD COLUMN hidden_at INTEGER NOT NULL DEFAULT 0;

CREATE INDEX accounts_by_time ON accounts (app, created_at);

CREATE TABLE favourites (
    app        INTEGER NOT NULL,
    user_id    TEXT NOT NULL,
    type       INTEGER NOT NULL,
    id         TEXT NOT NULL,
    value      TEXT NOT NULL,
    extra      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (app, user_id, type, id)
) WITHOUT ROWID;

-- What the operator hands to clients; the user '' is everybody.
CREATE TABLE client_settings (
    app     INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    name    TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (app, user_id, name)
) WITHOUT ROWID;
