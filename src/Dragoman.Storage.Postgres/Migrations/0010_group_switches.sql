-- Who has to agree to an invitation, which groups everybody finds, and how large each may be.
ALTER TABLE groups ADD COLUMN consents bigint NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN listed bigint NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN member_limit bigint NOT NULL DEFAULT 0;

CREATE INDEX groups_by_number ON groups (app, listed, number);

-- Who speaks while the group is muted.
ALTER TABLE group_members ADD COLUMN allow_listed bigint NOT NULL DEFAULT 0;

-- Who answers: a manager, or (2) the invitee himself.
ALTER TABLE group_applications ADD COLUMN kind bigint NOT NULL DEFAULT 0;
UPDATE group_applications SET kind = 1 WHERE inviter <> '';

CREATE TABLE group_bans (
    app       bigint NOT NULL,
    grp       text COLLATE "C" NOT NULL,
    user_id   text COLLATE "C" NOT NULL,
    ends_at   bigint NOT NULL,
    reason    text COLLATE "C" NOT NULL,
    operator  text COLLATE "C" NOT NULL,
    banned_at bigint NOT NULL,
    PRIMARY KEY (app, grp, user_id)
);

-- What members say of themselves in a group.
CREATE TABLE member_attributes (
    app     bigint NOT NULL,
    grp     text COLLATE "C" NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    name    text COLLATE "C" NOT NULL,
    content text COLLATE "C" NOT NULL,
    PRIMARY KEY (app, grp, user_id, name)
);

-- Files on a group's shelf; the bytes are those of the file with the name.
CREATE TABLE group_files (
    app       bigint NOT NULL,
    grp       text COLLATE "C" NOT NULL,
    id        text COLLATE "C" NOT NULL,
    file      text COLLATE "C" NOT NULL,
    name      text COLLATE "C" NOT NULL,
    size      bigint NOT NULL,
    owner     text COLLATE "C" NOT NULL,
    shared_at bigint NOT NULL,
    PRIMARY KEY (app, grp, id)
);

CREATE INDEX group_files_by_age ON group_files (app, grp, shared_at);
