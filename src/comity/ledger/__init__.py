"""The record nobody can quietly change: a Merkle log, its `Entry`, its signed `Checkpoint`."""
