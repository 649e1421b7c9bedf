"""What hindsight teaches: guidelines as prior, moments as evidence, proposals as the only result.

Pure: everything, the order of time included, is handed in. `learner` puts the room together.
"""
