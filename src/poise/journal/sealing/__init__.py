"""How the journal is sealed: its keys, and the encrypted file. The only room that knows SQLite."""
