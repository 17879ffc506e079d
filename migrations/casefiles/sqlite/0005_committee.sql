-- Who may open what: known only to an unsealed service.
--
-- The circle of a case: who is entitled and who is excluded, sealed under the service's own key.
ALTER TABLE cases ADD COLUMN circle BLOB
    CHECK (length(circle) IN (1024, 2048, 4096, 8192, 16384, 32768));

-- The private half of each of a case's keys, sealed to all who may open it and to decoys.
CREATE TABLE case_rings (
    case_id BLOB NOT NULL REFERENCES cases (id),
    -- Public half of the same key.
    recipient TEXT NOT NULL CHECK (length(recipient) BETWEEN 1 AND 128),
    ring BLOB NOT NULL
        CHECK (length(ring) IN (4096, 8192, 16384, 32768, 65536, 131072, 262144)),
    recovery BLOB
        CHECK (length(recovery) IN (4096, 8192, 16384, 32768, 65536, 131072, 262144)),
    PRIMARY KEY (case_id, recipient)
) STRICT, WITHOUT ROWID;

-- Members and acts that wait for a second person. No version: it would count what a member does.
CREATE TABLE records (
    kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
    id BLOB NOT NULL CHECK (length(id) = 16),
    sealed BLOB NOT NULL CHECK (length(sealed) IN (1024, 2048, 4096, 8192, 16384, 32768)),
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- The audit log: it only grows.
CREATE TABLE case_log (
    position INTEGER NOT NULL PRIMARY KEY CHECK (position >= 0),
    sealed BLOB NOT NULL CHECK (length(sealed) = 1024),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER case_log_keeps_every_entry BEFORE DELETE ON case_log
BEGIN
    SELECT RAISE(ABORT, 'an entry of the log is never deleted');
END;

CREATE TRIGGER case_log_changes_no_entry BEFORE UPDATE ON case_log
BEGIN
    SELECT RAISE(ABORT, 'an entry of the log is never changed');
END;

-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER case_log_takes_the_next_place BEFORE INSERT ON case_log
WHEN NEW.position <> (SELECT coalesce(max(position) + 1, 0) FROM case_log)
BEGIN
    SELECT RAISE(ABORT, 'an entry of the log takes the next place');
END;

-- Finds what goes with a case.
CREATE INDEX case_chunks_by_case ON case_chunks (case_id, id);
