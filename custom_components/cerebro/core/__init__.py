"""What Cerebro decides: pure Python, given the time, free of Home Assistant and of I/O."""
