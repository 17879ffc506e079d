-- A complaint as filed, shown again to the person who filed it, may be longer than any reply.
ALTER TABLE mailroom.mailbox_entries
    DROP CONSTRAINT mailbox_entries_sealed_check,
    ADD CONSTRAINT mailbox_entries_sealed_check
        CHECK (length(sealed) IN (512, 4096, 32768, 131072, 524288));
