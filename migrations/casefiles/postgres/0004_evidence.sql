-- Sealed pieces of files, once their letter was opened. Their keys are in the case's documents.
CREATE TABLE casefiles.case_chunks (
    id BYTEA NOT NULL CHECK (length(id) = 16),
    case_id BYTEA NOT NULL REFERENCES casefiles.cases (id),
    sealed BYTEA NOT NULL CHECK (length(sealed) = 262160),
    -- One file may come with two complaints.
    PRIMARY KEY (id, case_id)
);
ALTER TABLE casefiles.case_chunks ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Finds the terms that end.
CREATE INDEX case_terms_by_day ON casefiles.case_terms (term, due_on);
