"""Learning before and after: lessons with a quiz, private advice on drafts, and what it changes."""
