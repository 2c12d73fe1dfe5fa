"""The documentation's tables, made from what Cerebro is."""
