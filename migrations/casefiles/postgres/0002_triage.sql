-- What makes triage do each step exactly once, though it writes to two stores.
CREATE TABLE casefiles.seen_envelopes (
    envelope_id BYTEA NOT NULL PRIMARY KEY CHECK (length(envelope_id) = 16),
    -- Says when it may be forgotten: after every backup of the mailroom.
    seen_on TEXT NOT NULL
        CHECK (seen_on ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND seen_on::DATE IS NOT NULL)
);

-- Finished replies that wait to be copied into the mailroom, byte for byte.
CREATE TABLE casefiles.outbox (
    lookup_id BYTEA NOT NULL CHECK (length(lookup_id) = 32),
    position BIGINT NOT NULL CHECK (position BETWEEN 0 AND 4294967295),
    sealed BYTEA NOT NULL CHECK (length(sealed) IN (512, 4096, 32768, 131072)),
    PRIMARY KEY (lookup_id, position)
);
ALTER TABLE casefiles.outbox ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE casefiles.service_secrets (
    name TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),
    sealed BYTEA NOT NULL
);
