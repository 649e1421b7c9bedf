"""What a rulebook does: looked at as a whole, over invented moments. Never about people."""
