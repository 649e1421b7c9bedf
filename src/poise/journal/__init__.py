"""What is remembered: words and times, sealed. It knows nothing of rulebooks, and works nothing out."""
