-- How a case stands in the procedure, sealed under the service's own key. Most are of the least size, so
-- that it does not tell how much has happened in a case.
ALTER TABLE casefiles.cases
    ADD COLUMN course BYTEA CHECK (length(course) IN (4096, 8192, 16384, 32768));
