"""The Bayesian conditional logit itself, in arrays; it knows nothing of rulebooks."""
