-- One row for each direction: the owner has the friend on his list.
CREATE TABLE friendships (
    app      INTEGER NOT NULL,
    owner    TEXT NOT NULL,
    friend   TEXT NOT NULL,
    remark   TEXT NOT NULL,
    extra    TEXT NOT NULL,
    pinned   INTEGER NOT NULL,
    source   INTEGER NOT NULL,
    operator TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    traits   TEXT NOT NULL,
    PRIMARY KEY (app, owner, friend)
) WITHOUT ROWID;

CREATE INDEX friendships_in_order ON friendships (app, owner, pinned DESC, added_at, friend);
CREATE INDEX friendships_by_friend ON friendships (app, friend, owner);

CREATE TABLE friend_requests (
    app          INTEGER NOT NULL,
    sender       TEXT NOT NULL,
    receiver     TEXT NOT NULL,
    message      TEXT NOT NULL,
    extra        TEXT NOT NULL,
    state        INTEGER NOT NULL,
    requested_at INTEGER NOT NULL,
    handled_at   INTEGER NOT NULL,
    handler      TEXT NOT NULL,
    answer       TEXT NOT NULL,
    traits       TEXT NOT NULL,
    PRIMARY KEY (app, sender, receiver)
) WITHOUT ROWID;

CREATE INDEX friend_requests_sent ON friend_requests (app, sender, requested_at);
CREATE INDEX friend_requests_received ON friend_requests (app, receiver, requested_at);

CREATE TABLE blocks (
    app        INTEGER NOT NULL,
    owner      TEXT NOT NULL,
    blocked    TEXT NOT NULL,
    extra      TEXT NOT NULL,
    operator   TEXT NOT NULL,
    blocked_at INTEGER NOT NULL,
    PRIMARY KEY (app, owner, blocked)
) WITHOUT ROWID;

-- Who may make an account his friend; 1 is "the account is asked".
ALTER TABLE accounts ADD COLUMN adding INTEGER NOT NULL DEFAULT 1;
