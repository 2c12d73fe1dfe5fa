"""The pantry's hands: what it keeps, sees and sends."""
