"""What the community has agreed: a `Charter`, written for people, run by the machine."""
