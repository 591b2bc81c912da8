"""The record nobody can quietly change: a Merkle log whose signed `Checkpoint` pins every `Entry`."""
