-- Sealed envelopes that wait for the committee, and those that could not be opened.
CREATE TABLE mailroom.envelopes (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- A legal day: the pattern leaves no room for a time of day, and the cast refuses what is not in
    -- the calendar.
    received_on TEXT NOT NULL
        CHECK (received_on ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND received_on::DATE IS NOT NULL),
    key_id BYTEA NOT NULL CHECK (length(key_id) = 8),
    -- Any other size would tell something about what is inside. Ciphertext does not compress, so
    -- the attempt is left out (EXTERNAL).
    sealed BYTEA NOT NULL
        CHECK (length(sealed) IN (4096, 8192, 16384, 32768, 65536, 131072, 262144))
);
ALTER TABLE mailroom.envelopes ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Finds what waits for one key without reading what waits for others.
CREATE INDEX envelopes_by_key ON mailroom.envelopes (key_id, id);

-- Takes any row as it stood, so that one that should not have been there can be set aside as well; a
-- second row under the same id is refused only when it says nothing new.
CREATE TABLE mailroom.quarantine (
    id BYTEA NOT NULL CHECK (length(id) = 16),
    received_on TEXT NOT NULL,
    key_id BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    -- A stable code, never words of a person.
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 64)
);
ALTER TABLE mailroom.quarantine ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- An envelope is too long for an index, its hash is not.
CREATE UNIQUE INDEX quarantine_once ON mailroom.quarantine
    (id, received_on, key_id, sha256(sealed));
