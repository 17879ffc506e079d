-- What each complaint adds to the tree of its day, until that tree is published.
CREATE TABLE receipt_leaves (
    day TEXT NOT NULL CHECK (length(day) = 10 AND date(day) IS day),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (day, hash)
) STRICT, WITHOUT ROWID;

-- The published trees: so many leaves each, fillers among them, that they tell no count.
CREATE TABLE receipt_trees (
    day TEXT NOT NULL PRIMARY KEY CHECK (length(day) = 10 AND date(day) IS day),
    leaves BLOB NOT NULL CHECK (length(leaves) % 32 = 0),
    head BLOB NOT NULL
) STRICT, WITHOUT ROWID;
