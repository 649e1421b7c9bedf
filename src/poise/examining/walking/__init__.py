"""The exact walk: every fully answered situation of a book, or of two, counted at once."""
