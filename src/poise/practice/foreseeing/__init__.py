"""Now, or later, and at whose cost: what foresight says of one moment with one person, in one's own book's words.

Read in this order: `scene` (what is taken from the moment, and what is not known), `sliders` (what can be asked
otherwise), `foreseen` (what is found, part after part), `bordering` (the map), `year` (my rulebook, a year long),
`foreseeing` (from a journal).
"""
