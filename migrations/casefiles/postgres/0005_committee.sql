-- Who may open what: known only to an unsealed service.
--
-- The circle of a case: who is entitled and who is excluded, sealed under the service's own key.
ALTER TABLE casefiles.cases ADD COLUMN circle BYTEA
    CHECK (length(circle) IN (1024, 2048, 4096, 8192, 16384, 32768));

-- The private half of each of a case's keys, sealed to all who may open it and to decoys.
CREATE TABLE casefiles.case_rings (
    case_id BYTEA NOT NULL REFERENCES casefiles.cases (id),
    -- Public half of the same key.
    recipient TEXT NOT NULL CHECK (length(recipient) BETWEEN 1 AND 128),
    ring BYTEA NOT NULL
        CHECK (length(ring) IN (4096, 8192, 16384, 32768, 65536, 131072, 262144)),
    recovery BYTEA
        CHECK (length(recovery) IN (4096, 8192, 16384, 32768, 65536, 131072, 262144)),
    PRIMARY KEY (case_id, recipient)
);

-- Members and acts that wait for a second person. No version: it would count what a member does.
CREATE TABLE casefiles.records (
    kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
    id BYTEA NOT NULL CHECK (length(id) = 16),
    sealed BYTEA NOT NULL CHECK (length(sealed) IN (1024, 2048, 4096, 8192, 16384, 32768)),
    PRIMARY KEY (kind, id)
);

-- The audit log: it only grows.
CREATE TABLE casefiles.case_log (
    position BIGINT NOT NULL PRIMARY KEY CHECK (position >= 0),
    sealed BYTEA NOT NULL CHECK (length(sealed) = 1024),
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    signature BYTEA NOT NULL CHECK (length(signature) = 64)
);

CREATE FUNCTION casefiles.keep_the_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entry of the log is never changed or deleted';
END
$$;

CREATE TRIGGER case_log_keeps_every_entry
    BEFORE UPDATE OR DELETE OR TRUNCATE ON casefiles.case_log
    FOR EACH STATEMENT EXECUTE FUNCTION casefiles.keep_the_log();

-- Ciphertext does not compress.
ALTER TABLE casefiles.cases ALTER COLUMN circle SET STORAGE EXTERNAL;
ALTER TABLE casefiles.case_rings ALTER COLUMN ring SET STORAGE EXTERNAL;
ALTER TABLE casefiles.case_rings ALTER COLUMN recovery SET STORAGE EXTERNAL;
ALTER TABLE casefiles.records ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Finds what goes with a case.
CREATE INDEX case_chunks_by_case ON casefiles.case_chunks (case_id, id);
