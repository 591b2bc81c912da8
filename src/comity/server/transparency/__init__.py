"""What anyone may read and verify: the noun is `LedgerEntry`, the verb `append`."""
