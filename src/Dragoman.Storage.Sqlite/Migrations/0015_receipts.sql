-- Who has read a message of a group whose sender wanted to know.
CREATE TABLE receipts (
    app     INTEGER NOT NULL,
    conv    INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    reader  TEXT NOT NULL,
    read_at INTEGER NOT NULL,
    PRIMARY KEY (app, conv, seq, reader)
) WITHOUT ROWID;
