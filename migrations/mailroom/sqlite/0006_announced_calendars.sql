-- The days on which terms stand still, in clear, as the committee's service announces them: signed, one
-- for each committee key that intake may still have. Nothing says when they were entered.
CREATE TABLE announced_calendars (
    key_id BLOB NOT NULL PRIMARY KEY CHECK (length(key_id) = 8),
    announcement BLOB NOT NULL CHECK (length(announcement) BETWEEN 64 AND 65536)
) STRICT, WITHOUT ROWID;
