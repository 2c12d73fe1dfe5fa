"""The forms in which Cerebro is set up and changed: one file per topic."""
