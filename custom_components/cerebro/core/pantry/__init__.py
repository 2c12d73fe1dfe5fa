"""The pantry: what there is, when it goes off, and what to buy."""
