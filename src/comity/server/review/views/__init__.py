"""The pages of this room, by whom they are for."""
