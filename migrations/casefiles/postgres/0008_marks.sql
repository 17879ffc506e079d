-- What changed since somebody last looked: one random mark for the cases whose id begins with the same
-- byte. It is drawn anew whenever something of one of them changes, and tells neither what nor when.
CREATE TABLE casefiles.case_marks (
    -- That byte, in hexadecimal.
    shelf TEXT NOT NULL PRIMARY KEY CHECK (length(shelf) = 2),
    mark BYTEA NOT NULL CHECK (length(mark) = 16)
);

INSERT INTO casefiles.case_marks (shelf, mark)
SELECT upper(lpad(to_hex(byte), 2, '0')), uuid_send(gen_random_uuid())
FROM generate_series(0, 255) AS byte;

-- Once a statement and not once a row: the daily rewrite touches all of them. No UPDATE: it would pass over
-- a mark that the rewrite of this table itself deletes and writes again at that moment.
CREATE FUNCTION casefiles.mark_cases() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO casefiles.case_marks (shelf, mark)
    SELECT shelves.shelf, uuid_send(gen_random_uuid())
    FROM (
        SELECT DISTINCT upper(encode(substring(changed.id FROM 1 FOR 1), 'hex')) AS shelf
        FROM changed
    ) AS shelves
    ORDER BY shelves.shelf
    ON CONFLICT (shelf) DO UPDATE SET mark = EXCLUDED.mark;
    RETURN NULL;
END
$$;

CREATE FUNCTION casefiles.mark_parts() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO casefiles.case_marks (shelf, mark)
    SELECT shelves.shelf, uuid_send(gen_random_uuid())
    FROM (
        SELECT DISTINCT upper(encode(substring(changed.case_id FROM 1 FOR 1), 'hex')) AS shelf
        FROM changed
    ) AS shelves
    ORDER BY shelves.shelf
    ON CONFLICT (shelf) DO UPDATE SET mark = EXCLUDED.mark;
    RETURN NULL;
END
$$;

CREATE TRIGGER case_marks_new_case AFTER INSERT ON casefiles.cases
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION casefiles.mark_cases();

CREATE TRIGGER case_marks_changed_case AFTER UPDATE ON casefiles.cases
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION casefiles.mark_cases();

CREATE TRIGGER case_marks_deleted_case AFTER DELETE ON casefiles.cases
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION casefiles.mark_cases();

CREATE TRIGGER case_marks_new_term AFTER INSERT ON casefiles.case_terms
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION casefiles.mark_parts();

CREATE TRIGGER case_marks_changed_term AFTER UPDATE ON casefiles.case_terms
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION casefiles.mark_parts();

CREATE TRIGGER case_marks_deleted_term AFTER DELETE ON casefiles.case_terms
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION casefiles.mark_parts();

-- A document that is sealed anew says what it said.
CREATE TRIGGER case_marks_new_document AFTER INSERT ON casefiles.documents
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION casefiles.mark_parts();

CREATE TRIGGER case_marks_deleted_document AFTER DELETE ON casefiles.documents
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION casefiles.mark_parts();
