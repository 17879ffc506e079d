-- Sealed envelopes that wait for the committee, and those that could not be opened.
--
-- WITHOUT ROWID: SQLite's own row number would count arrivals.
CREATE TABLE envelopes (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- A legal day, and one that is in the calendar.
    received_on TEXT NOT NULL
        CHECK (length(received_on) = 10 AND date(received_on) IS received_on),
    key_id BLOB NOT NULL CHECK (length(key_id) = 8),
    -- Any other size would tell something about what is inside.
    sealed BLOB NOT NULL
        CHECK (length(sealed) IN (4096, 8192, 16384, 32768, 65536, 131072, 262144))
) STRICT, WITHOUT ROWID;

-- Finds what waits for one key without reading what waits for others.
CREATE INDEX envelopes_by_key ON envelopes (key_id, id);

-- Takes any row as it stood, so that one that should not have been there can be set aside as well; a
-- second row under the same id is refused only when it says nothing new.
CREATE TABLE quarantine (
    id BLOB NOT NULL CHECK (length(id) = 16),
    received_on TEXT NOT NULL,
    key_id BLOB NOT NULL,
    sealed BLOB NOT NULL,
    -- A stable code, never words of a person.
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 64),
    PRIMARY KEY (id, received_on, key_id, sealed)
) STRICT, WITHOUT ROWID;
