CREATE TABLE apps (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL
);

CREATE TABLE accounts (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    app        INTEGER NOT NULL,
    user_id    TEXT NOT NULL,
    nickname   TEXT NOT NULL,
    avatar     TEXT NOT NULL,
    extra      TEXT NOT NULL,
    role       INTEGER NOT NULL,
    receive    INTEGER NOT NULL,
    traits     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (app, user_id)
);

CREATE TABLE grants (
    app          INTEGER NOT NULL,
    user_id      TEXT NOT NULL,
    slot         INTEGER NOT NULL,
    key          BLOB NOT NULL,
    state        INTEGER NOT NULL,
    issued_at    INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    usable_until INTEGER NOT NULL,
    PRIMARY KEY (app, user_id, slot, key)
) WITHOUT ROWID;

CREATE TABLE groups (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    app          INTEGER NOT NULL,
    id           TEXT NOT NULL,
    name         TEXT NOT NULL,
    avatar       TEXT NOT NULL,
    introduction TEXT NOT NULL,
    announcement TEXT NOT NULL,
    announced_at INTEGER NOT NULL,
    announced_by TEXT NOT NULL,
    extra        TEXT NOT NULL,
    owner        TEXT NOT NULL,
    creator      TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    join_mode    INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    traits       TEXT NOT NULL,
    UNIQUE (app, id)
);

CREATE TABLE group_members (
    app         INTEGER NOT NULL,
    grp         TEXT NOT NULL,
    user_id     TEXT NOT NULL,
    role        INTEGER NOT NULL,
    nickname    TEXT NOT NULL,
    avatar      TEXT NOT NULL,
    extra       TEXT NOT NULL,
    joined_at   INTEGER NOT NULL,
    source      INTEGER NOT NULL,
    inviter     TEXT NOT NULL,
    operator    TEXT NOT NULL,
    muted_until INTEGER NOT NULL,
    PRIMARY KEY (app, grp, user_id)
) WITHOUT ROWID;

CREATE INDEX group_members_by_user ON group_members (app, user_id, grp);

CREATE TABLE conversations (
    id   INTEGER PRIMARY KEY,
    app  INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    a    TEXT NOT NULL,
    b    TEXT NOT NULL,
    UNIQUE (app, kind, a, b)
);

-- log = 2 * conversation + channel. The id is the message id: rows arrive in its order, so appends touch only the last
-- pages of the table, and a page or two of the index for each conversation that speaks.
CREATE TABLE entries (
    id         INTEGER PRIMARY KEY,
    log        INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    sent_at    INTEGER NOT NULL,
    sender     TEXT NOT NULL,
    origin     INTEGER NOT NULL,
    content    INTEGER NOT NULL,
    flags      INTEGER NOT NULL,
    client_key BLOB NOT NULL,
    recall     TEXT,
    body       BLOB NOT NULL
);

CREATE UNIQUE INDEX entries_by_place ON entries (log, seq);

CREATE TABLE user_conversations (
    app        INTEGER NOT NULL,
    user_id    TEXT NOT NULL,
    conv       INTEGER NOT NULL,
    read_seq   INTEGER NOT NULL,
    min_seq    INTEGER NOT NULL,
    max_seq    INTEGER NOT NULL,
    receive    INTEGER NOT NULL,
    pinned     INTEGER NOT NULL,
    mention    INTEGER NOT NULL,
    extra      TEXT NOT NULL,
    settings   TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (app, user_id, conv)
) WITHOUT ROWID;

CREATE TABLE hidden_entries (
    app     INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    conv    INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (app, user_id, conv, seq)
) WITHOUT ROWID;

-- Lists that clients keep copies of: how often each changed, and the newest state of each element.
CREATE TABLE streams (
    app     INTEGER NOT NULL,
    kind    INTEGER NOT NULL,
    owner   TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (app, kind, owner)
) WITHOUT ROWID;

CREATE TABLE stream_changes (
    app     INTEGER NOT NULL,
    kind    INTEGER NOT NULL,
    owner   TEXT NOT NULL,
    element TEXT NOT NULL,
    state   INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (app, kind, owner, element)
) WITHOUT ROWID;

CREATE INDEX stream_changes_by_version ON stream_changes (app, kind, owner, version);

CREATE TABLE storage (
    id TEXT NOT NULL
);

INSERT INTO storage (id) VALUES (lower(hex(randomblob(16))));
