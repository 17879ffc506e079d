-- Sealed pieces of files that wait for the envelope that names them. No column joins two of them, nor
-- one to an envelope: the ids come from a key that only the letter holds.
CREATE TABLE evidence_chunks (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- Says when a chunk that no letter names may go.
    received_on TEXT NOT NULL
        CHECK (length(received_on) = 10 AND date(received_on) IS received_on),
    -- 256 KiB and the tag; the last one of a file is padded.
    sealed BLOB NOT NULL CHECK (length(sealed) = 262160)
) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_chunks_by_day ON evidence_chunks (received_on, id);
