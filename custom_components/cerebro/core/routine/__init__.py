"""The routine capability: what a morning is made of, when each step starts, and how a run goes on."""
