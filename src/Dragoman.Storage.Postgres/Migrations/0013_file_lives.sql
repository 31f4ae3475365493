-- Unix milliseconds from which on nobody gets the file; 0 is never.
ALTER TABLE files ADD COLUMN expires_at bigint NOT NULL DEFAULT 0;
CREATE INDEX files_by_end ON files (expires_at) WHERE expires_at > 0;
