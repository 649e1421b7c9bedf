"""The pocket page: a rulebook on a phone, with no server and no network. Pure page, sealed outbox."""
