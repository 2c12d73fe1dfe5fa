"""What comes in from others and goes out to them: only the shapes, nobody is talked to here."""
