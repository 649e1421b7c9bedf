"""The app: pages on this machine, for this person. They work without JavaScript, and nothing leaves the machine."""
