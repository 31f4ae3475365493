-- Standard and own fields of a profile, as JSON objects; nothing is the empty text.
ALTER TABLE accounts ADD COLUMN profile text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN fields text COLLATE "C" NOT NULL DEFAULT '';

-- The form says what was hashed: the password, or what a dialect's clients send in its place.
CREATE TABLE passwords (
    app        bigint NOT NULL,
    user_id    text COLLATE "C" NOT NULL,
    form       text COLLATE "C" NOT NULL,
    algorithm  text COLLATE "C" NOT NULL,
    rounds     bigint NOT NULL,
    salt       bytea NOT NULL,
    hash       bytea NOT NULL,
    changed_at bigint NOT NULL,
    PRIMARY KEY (app, user_id)
);

-- Names beside the id under which a user logs in, folded.
CREATE TABLE login_names (
    app     bigint NOT NULL,
    kind    bigint NOT NULL,
    name    text COLLATE "C" NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (app, kind, name)
);

CREATE UNIQUE INDEX login_names_of_user ON login_names (app, user_id, kind);

CREATE TABLE spent_invitations (
    app        bigint NOT NULL,
    invitation text COLLATE "C" NOT NULL,
    user_id    text COLLATE "C" NOT NULL,
    spent_at   bigint NOT NULL,
    PRIMARY KEY (app, invitation)
);
