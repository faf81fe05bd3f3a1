"""How the product is, told to a program that watches it: health, and metrics in Prometheus' text format."""
