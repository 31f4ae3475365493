-- Standard and own fields of a profile, as JSON objects; nothing is the empty text.
ALTER TABLE accounts ADD COLUMN profile TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN fields TEXT NOT NULL DEFAULT '';

-- The form says what was hashed: the password, or what a dialect's clients send in its place.
CREATE TABLE passwords (
    app        INTEGER NOT NULL,
    user_id    TEXT NOT NULL,
    form       TEXT NOT NULL,
    algorithm  TEXT NOT NULL,
    rounds     INTEGER NOT NULL,
    salt       BLOB NOT NULL,
    hash       BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (app, user_id)
) WITHOUT ROWID;

-- Names beside the id under which a user logs in, folded.
CREATE TABLE login_names (
    app     INTEGER NOT NULL,
    kind    INTEGER NOT NULL,
    name    TEXT NOT NULL,
    user_id TEXT NOT NULL,
    PRIMARY KEY (app, kind, name)
) WITHOUT ROWID;

CREATE UNIQUE INDEX login_names_of_user ON login_names (app, user_id, kind);

CREATE TABLE spent_invitations (
    app        INTEGER NOT NULL,
    invitation TEXT NOT NULL,
    user_id    TEXT NOT NULL,
    spent_at   INTEGER NOT NULL,
    PRIMARY KEY (app, invitation)
) WITHOUT ROWID;
