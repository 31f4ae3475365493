-- Who has to agree to an invitation, which groups everybody finds, and how large each may be.
ALTER TABLE groups ADD COLUMN consents INTEGER NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN member_limit INTEGER NOT NULL DEFAULT 0;

CREATE INDEX groups_by_number ON groups (app, listed, number);

-- Who speaks while the group is muted.
ALTER TABLE group_members ADD COLUMN allow_listed INTEGER NOT NULL DEFAULT 0;

-- Who answers: a manager, or (2) the invitee himself.
ALTER TABLE group_applications ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
UPDATE group_applications SET kind = 1 WHERE inviter <> '';

CREATE TABLE group_bans (
    app       INTEGER NOT NULL,
    grp       TEXT NOT NULL,
    user_id   TEXT NOT NULL,
    ends_at   INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    operator  TEXT NOT NULL,
    banned_at INTEGER NOT NULL,
    PRIMARY KEY (app, grp, user_id)
) WITHOUT ROWID;

-- What members say of themselves in a group.
CREATE TABLE member_attributes (
    app     INTEGER NOT NULL,
    grp     TEXT NOT NULL,
    user_id TEXT NOT NULL,
    name    TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (app, grp, user_id, name)
) WITHOUT ROWID;

-- Files on a group's shelf; the bytes are those of the file with the name.
CREATE TABLE group_files (
    app       INTEGER NOT NULL,
    grp       TEXT NOT NULL,
    id        TEXT NOT NULL,
    file      TEXT NOT NULL,
    name      TEXT NOT NULL,
    size      INTEGER NOT NULL,
    owner     TEXT NOT NULL,
    shared_at INTEGER NOT NULL,
    PRIMARY KEY (app, grp, id)
) WITHOUT ROWID;

CREATE INDEX group_files_by_age ON group_files (app, grp, shared_at);
