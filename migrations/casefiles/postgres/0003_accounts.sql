-- Who may sign in to the committee's desk.
CREATE TABLE casefiles.accounts (
    name TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 128),
    passphrase_hash TEXT NOT NULL
);
