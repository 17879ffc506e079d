-- Sealed replies, found by what the tracking token gives.
CREATE TABLE mailbox_entries (
    lookup_id BLOB NOT NULL CHECK (length(lookup_id) = 32),
    -- Counts within one mailbox only.
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 4294967295),
    sealed BLOB NOT NULL CHECK (length(sealed) IN (512, 4096, 32768, 131072)),
    PRIMARY KEY (lookup_id, position)
) STRICT, WITHOUT ROWID;
