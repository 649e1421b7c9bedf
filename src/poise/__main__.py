"""`python -m poise`."""

from .cli import main

main()
