-- What each complaint adds to the tree of its day, until that tree is published.
CREATE TABLE mailroom.receipt_leaves (
    day TEXT NOT NULL
        CHECK (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND day::DATE IS NOT NULL),
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (day, hash)
);

-- The published trees: so many leaves each, fillers among them, that they tell no count.
CREATE TABLE mailroom.receipt_trees (
    day TEXT NOT NULL PRIMARY KEY
        CHECK (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND day::DATE IS NOT NULL),
    leaves BYTEA NOT NULL CHECK (length(leaves) % 32 = 0),
    head BYTEA NOT NULL
);
ALTER TABLE mailroom.receipt_trees ALTER COLUMN leaves SET STORAGE EXTERNAL;
