-- What is kept of a user's presence while he is away.
CREATE TABLE presences (
    app     bigint NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    text    text COLLATE "C" NOT NULL,
    states  text COLLATE "C" NOT NULL,
    seen_at bigint NOT NULL,
    PRIMARY KEY (app, user_id)
);

-- Who is told of whose presence, until when.
CREATE TABLE presence_subscriptions (
    app        bigint NOT NULL,
    subscriber text COLLATE "C" NOT NULL,
    user_id    text COLLATE "C" NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (app, subscriber, user_id)
);

CREATE INDEX presence_subscriptions_by_user ON presence_subscriptions (app, user_id, subscriber);

-- Who may be meant by a name whose case does not count.
CREATE INDEX accounts_by_folded_id ON accounts (app, lower(user_id));

-- How devices are woken whose clients name them: several of one kind may belong to a user.
CREATE TABLE push_bindings (
    app        bigint NOT NULL,
    user_id    text COLLATE "C" NOT NULL,
    dialect    bigint NOT NULL,
    device     text COLLATE "C" NOT NULL,
    notifier   text COLLATE "C" NOT NULL,
    token      text COLLATE "C" NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (app, user_id, dialect, device, notifier)
);

-- When somebody does not want to be woken: at all, and by one conversation.
ALTER TABLE accounts ADD COLUMN quiet text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE user_conversations ADD COLUMN quiet text COLLATE "C" NOT NULL DEFAULT '';

CREATE INDEX blocks_by_blocked ON blocks (app, blocked);

-- Ids whose accounts are gone: whoever gets one of them does not know tokens from before.
CREATE TABLE deleted_accounts (
    app        bigint NOT NULL,
    user_id    text COLLATE "C" NOT NULL,
    number     bigint NOT NULL,
    deleted_at bigint NOT NULL,
    PRIMARY KEY (app, user_id)
);
