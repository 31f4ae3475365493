-- What a kind of group is, who comes in how (two rules instead of one mode), and mutes that end.
ALTER TABLE groups ADD COLUMN type text COLLATE "C" NOT NULL DEFAULT 'team';
ALTER TABLE groups ADD COLUMN apply_rule bigint NOT NULL DEFAULT 1;
ALTER TABLE groups ADD COLUMN invite_rule bigint NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN see_members bigint NOT NULL DEFAULT 1;
ALTER TABLE groups ADD COLUMN befriend bigint NOT NULL DEFAULT 1;
ALTER TABLE groups ADD COLUMN see_history bigint NOT NULL DEFAULT 1;
ALTER TABLE groups ADD COLUMN muted_until bigint NOT NULL DEFAULT 0;

UPDATE groups SET apply_rule = CASE join_mode WHEN 2 THEN 0 ELSE 1 END, invite_rule = CASE join_mode WHEN 1 THEN 1 ELSE 0 END;
UPDATE groups SET state = 0, muted_until = 9223372036854775807 WHERE state = 1;
UPDATE groups SET see_members = 0 WHERE traits LIKE '%"openim.lookMemberInfo":"1"%';
UPDATE groups SET befriend = 0 WHERE traits LIKE '%"openim.applyMemberFriend":"1"%';
ALTER TABLE groups DROP COLUMN join_mode;

-- An administrator looks for groups by their names; the newest come first.
CREATE INDEX groups_by_age ON groups (app, created_at);

CREATE TABLE group_applications (
    app          bigint NOT NULL,
    grp          text COLLATE "C" NOT NULL,
    user_id      text COLLATE "C" NOT NULL,
    state        bigint NOT NULL,
    inviter      text COLLATE "C" NOT NULL,
    message      text COLLATE "C" NOT NULL,
    extra        text COLLATE "C" NOT NULL,
    source       bigint NOT NULL,
    requested_at bigint NOT NULL,
    handler      text COLLATE "C" NOT NULL,
    answer       text COLLATE "C" NOT NULL,
    handled_at   bigint NOT NULL,
    PRIMARY KEY (app, grp, user_id)
);

CREATE INDEX group_applications_by_user ON group_applications (app, user_id, requested_at);
