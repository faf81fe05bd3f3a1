"""What the books say: holdings, deliveries, traces and the river. Reads only."""
