-- A complaint as filed, shown again to the person who filed it, may be longer than any reply.
CREATE TABLE mailbox_entries_of_any_size (
    lookup_id BLOB NOT NULL CHECK (length(lookup_id) = 32),
    -- Counts within one mailbox only.
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 4294967295),
    sealed BLOB NOT NULL CHECK (length(sealed) IN (512, 4096, 32768, 131072, 524288)),
    PRIMARY KEY (lookup_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO mailbox_entries_of_any_size (lookup_id, position, sealed)
SELECT lookup_id, position, sealed FROM mailbox_entries;
DROP TABLE mailbox_entries;
ALTER TABLE mailbox_entries_of_any_size RENAME TO mailbox_entries;
