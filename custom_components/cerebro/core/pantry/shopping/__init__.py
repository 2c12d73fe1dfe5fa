"""The shopping list: what is on it, which shop it is for, and when to go."""
