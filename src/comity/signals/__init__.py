"""What can be measured about a post, its author and its thread: `measure` gives `Signals`."""
