"""The demo home: simulated appliances and a simulated resident. Never shipped."""
