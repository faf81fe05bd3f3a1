"""The moves of PostgreSQL books cut into parts by the month, for offices that ask for it; docs/scale.md says who should."""
