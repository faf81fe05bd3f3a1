"""The river: how value ran from donors to recipients, and where it lies, as sums and as a picture."""
