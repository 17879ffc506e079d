-- Sealed replies, found by what the tracking token gives.
CREATE TABLE mailroom.mailbox_entries (
    lookup_id BYTEA NOT NULL CHECK (length(lookup_id) = 32),
    -- Counts within one mailbox only.
    position BIGINT NOT NULL CHECK (position BETWEEN 0 AND 4294967295),
    sealed BYTEA NOT NULL CHECK (length(sealed) IN (512, 4096, 32768, 131072)),
    PRIMARY KEY (lookup_id, position)
);
ALTER TABLE mailroom.mailbox_entries ALTER COLUMN sealed SET STORAGE EXTERNAL;
