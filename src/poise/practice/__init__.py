"""A practice: one person's folder, with rulebooks of their own and a sealed journal. The one place that knows both.

    with Practice.open(path, passphrase) as practice:
        moment = practice.keep(answers={"place": "group_chat", "harm": "stings"}, person="Sam", did="gentle_now")
        practice.reflect(moment, for_us="easier than before")
        practice.replay(moment)                 # weighed again, by the text of its day

What it raises: `Mistakes` for what is not in a rulebook, `Trouble` for what the journal cannot do.
"""

from .practice import Practice, home, restore

__all__ = ["Practice", "home", "restore"]
