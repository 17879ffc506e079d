-- Sealed pieces of files that wait for the envelope that names them. No column joins two of them, nor
-- one to an envelope: the ids come from a key that only the letter holds.
CREATE TABLE mailroom.evidence_chunks (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- Says when a chunk that no letter names may go.
    received_on TEXT NOT NULL
        CHECK (received_on ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND received_on::DATE IS NOT NULL),
    -- 256 KiB and the tag; the last one of a file is padded.
    sealed BYTEA NOT NULL CHECK (length(sealed) = 262160)
);
ALTER TABLE mailroom.evidence_chunks ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE INDEX evidence_chunks_by_day ON mailroom.evidence_chunks (received_on, id);
