"""People, their roles and how they sign in: the noun is `Person`, the verb `sign_in`."""
