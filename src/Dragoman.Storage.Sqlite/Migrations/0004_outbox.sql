-- Events for apps' own servers, until they are told. An event that is an entry names its place in the log.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    app        INTEGER NOT NULL,
    sink       INTEGER NOT NULL,
    event      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    tries      INTEGER NOT NULL
);

CREATE INDEX outbox_by_due ON outbox (due_at, id);
