"""People have the last word: the noun is `Case`, the verb `rule`.

A case is opened or joined in the same transaction as the decision that asks for it. A person's
ruling, the case's new state, the ledger entry, the message to the platform and the strike are one
transaction too.
"""
