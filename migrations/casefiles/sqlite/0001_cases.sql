-- The register in clear (days, codes, counts), and each case's key and documents, sealed.
CREATE TABLE cases (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    folio_year INTEGER NOT NULL CHECK (folio_year BETWEEN 1000 AND 9999),
    -- Drawn at random, so that a folio counts nothing.
    folio_digits INTEGER NOT NULL CHECK (folio_digits BETWEEN 0 AND 999999),
    lookup_hash BLOB NOT NULL UNIQUE CHECK (length(lookup_hash) = 32),
    received_on TEXT NOT NULL
        CHECK (length(received_on) = 10 AND date(received_on) IS received_on),
    state TEXT NOT NULL,
    ooad TEXT,
    umae TEXT,
    recipient TEXT NOT NULL,
    service_record BLOB NOT NULL,
    next_position INTEGER NOT NULL CHECK (next_position BETWEEN 0 AND 4294967295),
    messages INTEGER NOT NULL CHECK (messages BETWEEN 0 AND 4294967295),
    -- What was proposed: all of it or nothing. `labels` and `protocols` are codes with one space
    -- between two, the main one first.
    main_risk TEXT,
    labels TEXT,
    urgency TEXT,
    review INTEGER CHECK (review IN (0, 1)),
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
) STRICT, WITHOUT ROWID;

CREATE TABLE case_terms (
    case_id BLOB NOT NULL REFERENCES cases (id),
    term TEXT NOT NULL,
    starts_on TEXT NOT NULL
        CHECK (length(starts_on) = 10 AND date(starts_on) IS starts_on),
    due_on TEXT NOT NULL
        CHECK (length(due_on) = 10 AND date(due_on) IS due_on),
    PRIMARY KEY (case_id, term)
) STRICT, WITHOUT ROWID;

-- The private half of a case's key, wrapped once for each holder.
CREATE TABLE case_keys (
    case_id BLOB NOT NULL REFERENCES cases (id),
    holder TEXT NOT NULL CHECK (length(holder) BETWEEN 1 AND 64),
    wrapped BLOB NOT NULL,
    PRIMARY KEY (case_id, holder)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    case_id BLOB NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    written_on TEXT NOT NULL
        CHECK (length(written_on) = 10 AND date(written_on) IS written_on),
    sealed BLOB NOT NULL
        CHECK (length(sealed) IN (4096, 8192, 16384, 32768, 65536, 131072, 262144))
) STRICT, WITHOUT ROWID;

CREATE INDEX documents_by_case ON documents (case_id, written_on, id);
