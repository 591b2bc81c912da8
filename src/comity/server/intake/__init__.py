"""Events and drafts in, decisions out: the noun is `StoredDecision`, the verb `commit`."""
