"""What is measured: each benchmark prints one table, with its time and its peak memory."""
