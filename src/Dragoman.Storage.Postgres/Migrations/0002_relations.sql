-- One row for each direction: the owner has the friend on his list.
CREATE TABLE friendships (
    app      bigint NOT NULL,
    owner    text COLLATE "C" NOT NULL,
    friend   text COLLATE "C" NOT NULL,
    remark   text COLLATE "C" NOT NULL,
    extra    text COLLATE "C" NOT NULL,
    pinned   bigint NOT NULL,
    source   bigint NOT NULL,
    operator text COLLATE "C" NOT NULL,
    added_at bigint NOT NULL,
    traits   text COLLATE "C" NOT NULL,
    PRIMARY KEY (app, owner, friend)
);

CREATE INDEX friendships_in_order ON friendships (app, owner, pinned DESC, added_at, friend);
CREATE INDEX friendships_by_friend ON friendships (app, friend, owner);

CREATE TABLE friend_requests (
    app          bigint NOT NULL,
    sender       text COLLATE "C" NOT NULL,
    receiver     text COLLATE "C" NOT NULL,
    message      text COLLATE "C" NOT NULL,
    extra        text COLLATE "C" NOT NULL,
    state        bigint NOT NULL,
    requested_at bigint NOT NULL,
    handled_at   bigint NOT NULL,
    handler      text COLLATE "C" NOT NULL,
    answer       text COLLATE "C" NOT NULL,
    traits       text COLLATE "C" NOT NULL,
    PRIMARY KEY (app, sender, receiver)
);

CREATE INDEX friend_requests_sent ON friend_requests (app, sender, requested_at);
CREATE INDEX friend_requests_received ON friend_requests (app, receiver, requested_at);

CREATE TABLE blocks (
    app        bigint NOT NULL,
    owner      text COLLATE "C" NOT NULL,
    blocked    text COLLATE "C" NOT NULL,
    extra      text COLLATE "C" NOT NULL,
    operator   text COLLATE "C" NOT NULL,
    blocked_at bigint NOT NULL,
    PRIMARY KEY (app, owner, blocked)
);

-- Who may make an account his friend; 1 is "the account is asked".
ALTER TABLE accounts ADD COLUMN adding bigint NOT NULL DEFAULT 1;
