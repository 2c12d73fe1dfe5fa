"""Cerebro: one orchestrator for all the connected objects of a home."""
