-- What the stream said when it was deleted: days, zero for ever, null as the site says.
ALTER TABLE live_run ADD COLUMN keep_days integer CHECK (keep_days >= 0);
