"""Losses: what was lost to which cause, who answers for it, and what came back."""
