ALTER TABLE user_conversations ADD COLUMN pinned_at bigint NOT NULL DEFAULT 0;
ALTER TABLE user_conversations ADD COLUMN marks bigint NOT NULL DEFAULT 0;
