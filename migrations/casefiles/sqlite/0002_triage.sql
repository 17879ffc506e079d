-- What makes triage do each step exactly once, though it writes to two stores.
CREATE TABLE seen_envelopes (
    envelope_id BLOB NOT NULL PRIMARY KEY CHECK (length(envelope_id) = 16),
    -- Says when it may be forgotten: after every backup of the mailroom.
    seen_on TEXT NOT NULL
        CHECK (length(seen_on) = 10 AND date(seen_on) IS seen_on)
) STRICT, WITHOUT ROWID;

-- Finished replies that wait to be copied into the mailroom, byte for byte.
CREATE TABLE outbox (
    lookup_id BLOB NOT NULL CHECK (length(lookup_id) = 32),
    position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 4294967295),
    sealed BLOB NOT NULL CHECK (length(sealed) IN (512, 4096, 32768, 131072)),
    PRIMARY KEY (lookup_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_secrets (
    name TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
