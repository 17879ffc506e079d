-- Sealed pieces of files, once their letter was opened. Their keys are in the case's documents.
CREATE TABLE case_chunks (
    id BLOB NOT NULL CHECK (length(id) = 16),
    case_id BLOB NOT NULL REFERENCES cases (id),
    sealed BLOB NOT NULL CHECK (length(sealed) = 262160),
    -- One file may come with two complaints.
    PRIMARY KEY (id, case_id)
) STRICT, WITHOUT ROWID;

-- Finds the terms that end.
CREATE INDEX case_terms_by_day ON case_terms (term, due_on);
