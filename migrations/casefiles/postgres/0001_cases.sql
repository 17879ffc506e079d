-- The register in clear (days, codes, counts), and each case's key and documents, sealed.
CREATE TABLE casefiles.cases (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    folio_year BIGINT NOT NULL CHECK (folio_year BETWEEN 1000 AND 9999),
    -- Drawn at random, so that a folio counts nothing.
    folio_digits BIGINT NOT NULL CHECK (folio_digits BETWEEN 0 AND 999999),
    lookup_hash BYTEA NOT NULL UNIQUE CHECK (length(lookup_hash) = 32),
    received_on TEXT NOT NULL
        CHECK (received_on ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND received_on::DATE IS NOT NULL),
    state TEXT NOT NULL,
    ooad TEXT,
    umae TEXT,
    recipient TEXT NOT NULL,
    service_record BYTEA NOT NULL,
    next_position BIGINT NOT NULL CHECK (next_position BETWEEN 0 AND 4294967295),
    messages BIGINT NOT NULL CHECK (messages BETWEEN 0 AND 4294967295),
    -- What was proposed: all of it or nothing. `labels` and `protocols` are codes with one space
    -- between two, the main one first.
    main_risk TEXT,
    labels TEXT,
    urgency TEXT,
    review BIGINT CHECK (review IN (0, 1)),
    priority TEXT,
    mediation TEXT,
    protocols TEXT,
    model TEXT,
    UNIQUE (folio_year, folio_digits),
    CHECK (
        (main_risk IS NULL) = (labels IS NULL)
        AND (main_risk IS NULL) = (urgency IS NULL)
        AND (main_risk IS NULL) = (review IS NULL)
        AND (main_risk IS NULL) = (priority IS NULL)
        AND (main_risk IS NULL) = (mediation IS NULL)
        AND (main_risk IS NULL) = (protocols IS NULL)
        AND (main_risk IS NULL) = (model IS NULL)
    )
);

CREATE TABLE casefiles.case_terms (
    case_id BYTEA NOT NULL REFERENCES casefiles.cases (id),
    term TEXT NOT NULL,
    starts_on TEXT NOT NULL
        CHECK (starts_on ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND starts_on::DATE IS NOT NULL),
    due_on TEXT NOT NULL
        CHECK (due_on ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND due_on::DATE IS NOT NULL),
    PRIMARY KEY (case_id, term)
);

-- The private half of a case's key, wrapped once for each holder.
CREATE TABLE casefiles.case_keys (
    case_id BYTEA NOT NULL REFERENCES casefiles.cases (id),
    holder TEXT NOT NULL CHECK (length(holder) BETWEEN 1 AND 64),
    wrapped BYTEA NOT NULL,
    PRIMARY KEY (case_id, holder)
);

CREATE TABLE casefiles.documents (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    case_id BYTEA NOT NULL REFERENCES casefiles.cases (id),
    kind TEXT NOT NULL,
    written_on TEXT NOT NULL
        CHECK (written_on ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND written_on::DATE IS NOT NULL),
    sealed BYTEA NOT NULL
        CHECK (length(sealed) IN (4096, 8192, 16384, 32768, 65536, 131072, 262144))
);
ALTER TABLE casefiles.documents ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE INDEX documents_by_case ON casefiles.documents (case_id, written_on, id);
