-- Topics of groups: channels, and threads under their messages.
CREATE TABLE topics (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    app          INTEGER NOT NULL,
    id           TEXT NOT NULL,
    grp          TEXT NOT NULL,
    kind         INTEGER NOT NULL,
    root_seq     INTEGER NOT NULL,
    root_id      INTEGER NOT NULL,
    name         TEXT NOT NULL,
    avatar       TEXT NOT NULL,
    introduction TEXT NOT NULL,
    announcement TEXT NOT NULL,
    extra        TEXT NOT NULL,
    owner        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    muted_until  INTEGER NOT NULL,
    withdrawn    INTEGER NOT NULL DEFAULT 0,
    is_ended     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (app, id)
);
CREATE INDEX topics_by_app ON topics (app, is_ended, number);
CREATE INDEX topics_by_group ON topics (app, grp, is_ended, number);

-- One thread under a message.
CREATE UNIQUE INDEX topics_by_root ON topics (app, grp, root_seq) WHERE root_seq > 0 AND is_ended = 0;

CREATE TABLE topic_members (
    app       INTEGER NOT NULL,
    topic     TEXT NOT NULL,
    user_id   TEXT NOT NULL,
    grp       TEXT NOT NULL,
    joined_at INTEGER NOT NULL,
    PRIMARY KEY (app, topic, user_id)
) WITHOUT ROWID;
CREATE INDEX topic_members_by_user ON topic_members (app, user_id, grp);
