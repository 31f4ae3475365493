-- Who has read a message of a group whose sender wanted to know.
CREATE TABLE receipts (
    app     bigint NOT NULL,
    conv    bigint NOT NULL,
    seq     bigint NOT NULL,
    reader  text COLLATE "C" NOT NULL,
    read_at bigint NOT NULL,
    PRIMARY KEY (app, conv, seq, reader)
);
