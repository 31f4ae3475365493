-- What a kind of group is, who comes in how (two rules instead of one mode), and mutes that end.
ALTER TABLE groups ADD COLUMN type TEXT NOT NULL DEFAULT 'team';
ALTER TABLE groups ADD COLUMN apply_rule INTEGER NOT NULL DEFAULT 1;
ALTER TABLE groups ADD COLUMN invite_rule INTEGER NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN see_members INTEGER NOT NULL DEFAULT 1;
ALTER TABLE groups ADD COLUMN befriend INTEGER NOT NULL DEFAULT 1;
ALTER TABLE groups ADD COLUMN see_history INTEGER NOT NULL DEFAULT 1;
ALTER TABLE groups ADD COLUMN muted_until INTEGER NOT NULL DEFAULT 0;

UPDATE groups SET apply_rule = CASE join_mode WHEN 2 THEN 0 ELSE 1 END, invite_rule = CASE join_mode WHEN 1 THEN 1 ELSE 0 END;
UPDATE groups SET state = 0, muted_until = 9223372036854775807 WHERE state = 1;
UPDATE groups SET see_members = 0 WHERE traits LIKE '%"openim.lookMemberInfo":"1"%';
UPDATE groups SET befriend = 0 WHERE traits LIKE '%"openim.applyMemberFriend":"1"%';
ALTER TABLE groups DROP COLUMN join_mode;

-- An administrator looks for groups by their names; the newest come first.
CREATE INDEX groups_by_age ON groups (app, created_at);

CREATE TABLE group_applications (
    app          INTEGER NOT NULL,
    grp          TEXT NOT NULL,
    user_id      TEXT NOT NULL,
    state        INTEGER NOT NULL,
    inviter      TEXT NOT NULL,
    message      TEXT NOT NULL,
    extra        TEXT NOT NULL,
    source       INTEGER NOT NULL,
    requested_at INTEGER NOT NULL,
    handler      TEXT NOT NULL,
    answer       TEXT NOT NULL,
    handled_at   INTEGER NOT NULL,
    PRIMARY KEY (app, grp, user_id)
) WITHOUT ROWID;

CREATE INDEX group_applications_by_user ON group_applications (app, user_id, requested_at);
