-- What is kept of a user's presence while he is away.
CREATE TABLE presences (
    app     INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    text    TEXT NOT NULL,
    states  TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (app, user_id)
) WITHOUT ROWID;

-- Who is told of whose presence, until when.
CREATE TABLE presence_subscriptions (
    app        INTEGER NOT NULL,
    subscriber TEXT NOT NULL,
    user_id    TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (app, subscriber, user_id)
) WITHOUT ROWID;

CREATE INDEX presence_subscriptions_by_user ON presence_subscriptions (app, user_id, subscriber);

-- Who may be meant by a name whose case does not count.
CREATE INDEX accounts_by_folded_id ON accounts (app, lower(user_id));

-- How devices are woken whose clients name them: several of one kind may belong to a user.
CREATE TABLE push_bindings (
    app        INTEGER NOT NULL,
    user_id    TEXT NOT NULL,
    dialect    INTEGER NOT NULL,
    device     TEXT NOT NULL,
    notifier   TEXT NOT NULL,
    token      TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (app, user_id, dialect, device, notifier)
) WITHOUT ROWID;

-- When somebody does not want to be woken: at all, and by one conversation.
ALTER TABLE accounts ADD COLUMN quiet TEXT NOT NULL DEFAULT '';
ALTER TABLE user_conversations ADD COLUMN quiet TEXT NOT NULL DEFAULT '';

CREATE INDEX blocks_by_blocked ON blocks (app, blocked);

-- Ids whose accounts are gone: whoever gets one of them does not know tokens from before.
CREATE TABLE deleted_accounts (
    app        INTEGER NOT NULL,
    user_id    TEXT NOT NULL,
    number     INTEGER NOT NULL,
    deleted_at INTEGER NOT NULL,
    PRIMARY KEY (app, user_id)
) WITHOUT ROWID;
