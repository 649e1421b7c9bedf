"""Diaries of one's own, from other programs; and how other people's messages are told from them."""
