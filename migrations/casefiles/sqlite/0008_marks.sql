-- What changed since somebody last looked: one random mark for the cases whose id begins with the same
-- byte. It is drawn anew whenever something of one of them changes, and tells neither what nor when.
CREATE TABLE case_marks (
    -- That byte, in hexadecimal.
    shelf TEXT NOT NULL PRIMARY KEY CHECK (length(shelf) = 2),
    mark BLOB NOT NULL CHECK (length(mark) = 16)
) STRICT, WITHOUT ROWID;

WITH RECURSIVE bytes (byte) AS (
    SELECT 0 UNION ALL SELECT byte + 1 FROM bytes WHERE byte < 255
)
INSERT INTO case_marks (shelf, mark) SELECT printf('%02X', byte), randomblob(16) FROM bytes;

CREATE TRIGGER case_marks_new_case AFTER INSERT ON cases
BEGIN
    UPDATE case_marks SET mark = randomblob(16) WHERE shelf = hex(substr(NEW.id, 1, 1));
END;

CREATE TRIGGER case_marks_changed_case AFTER UPDATE ON cases
BEGIN
    UPDATE case_marks SET mark = randomblob(16) WHERE shelf = hex(substr(NEW.id, 1, 1));
END;

CREATE TRIGGER case_marks_deleted_case AFTER DELETE ON cases
BEGIN
    UPDATE case_marks SET mark = randomblob(16) WHERE shelf = hex(substr(OLD.id, 1, 1));
END;

CREATE TRIGGER case_marks_new_term AFTER INSERT ON case_terms
BEGIN
    UPDATE case_marks SET mark = randomblob(16) WHERE shelf = hex(substr(NEW.case_id, 1, 1));
END;

CREATE TRIGGER case_marks_changed_term AFTER UPDATE ON case_terms
BEGIN
    UPDATE case_marks SET mark = randomblob(16) WHERE shelf = hex(substr(NEW.case_id, 1, 1));
END;

CREATE TRIGGER case_marks_deleted_term AFTER DELETE ON case_terms
BEGIN
    UPDATE case_marks SET mark = randomblob(16) WHERE shelf = hex(substr(OLD.case_id, 1, 1));
END;

-- A document that is sealed anew says what it said.
CREATE TRIGGER case_marks_new_document AFTER INSERT ON documents
BEGIN
    UPDATE case_marks SET mark = randomblob(16) WHERE shelf = hex(substr(NEW.case_id, 1, 1));
END;

CREATE TRIGGER case_marks_deleted_document AFTER DELETE ON documents
BEGIN
    UPDATE case_marks SET mark = randomblob(16) WHERE shelf = hex(substr(OLD.case_id, 1, 1));
END;
