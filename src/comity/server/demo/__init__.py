"""A small community to look at: its charter, its posts, and `Replay`, which retells them."""
