"""What the charter says of an event: `decide` gives a `Decision`, with its reasons."""
