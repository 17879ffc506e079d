-- The days on which terms stand still, in clear, as the committee's service announces them: signed, one
-- for each committee key that intake may still have. Nothing says when they were entered.
CREATE TABLE mailroom.announced_calendars (
    key_id BYTEA NOT NULL PRIMARY KEY CHECK (length(key_id) = 8),
    announcement BYTEA NOT NULL CHECK (length(announcement) BETWEEN 64 AND 65536)
);
ALTER TABLE mailroom.announced_calendars ALTER COLUMN announcement SET STORAGE EXTERNAL;
