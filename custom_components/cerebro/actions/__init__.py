"""The actions, by what they act on."""
