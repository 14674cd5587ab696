-- Rows that every crawl writes anew: room for the new version beside the old one keeps both on one page.
ALTER TABLE leases SET (fillfactor = 50);
ALTER TABLE sources SET (fillfactor = 70);
