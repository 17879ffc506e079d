-- Sealed envelopes that wait for the committee, and those that could not be opened.
CREATE TABLE mailroom.envelopes (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- A legal day; the pattern leaves no room for a time of day.
    received_on TEXT NOT NULL CHECK (received_on ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    key_id BYTEA NOT NULL CHECK (length(key_id) = 8),
    -- Any other size would tell something about what is inside. Ciphertext does not compress, so
    -- the attempt is left out (EXTERNAL).
    sealed BYTEA NOT NULL
        CHECK (length(sealed) IN (4096, 8192, 16384, 32768, 65536, 131072, 262144))
);
ALTER TABLE mailroom.envelopes ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Finds what waits for one key without reading what waits for others.
CREATE INDEX envelopes_by_key ON mailroom.envelopes (key_id, id);

CREATE TABLE mailroom.quarantine (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    received_on TEXT NOT NULL CHECK (received_on ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    key_id BYTEA NOT NULL CHECK (length(key_id) = 8),
    sealed BYTEA NOT NULL
        CHECK (length(sealed) IN (4096, 8192, 16384, 32768, 65536, 131072, 262144)),
    -- A stable code, never words of a person.
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 64)
);
ALTER TABLE mailroom.quarantine ALTER COLUMN sealed SET STORAGE EXTERNAL;
