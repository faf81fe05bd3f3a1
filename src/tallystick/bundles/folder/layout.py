"""What a programme folder holds: its files and their columns, in the order in which they are written."""

PROGRAMME = "programme.toml"
PROGRAMME_KEYS = ("format", "name", "rehearsal", "home", "reporting_unit", "opened")

UNITS = "units.csv"
PARTIES = "parties.csv"
EARMARKS = "earmarks.csv"
AUTHORISATIONS = "authorisations.csv"
LEGS = "legs.csv"
GRANTS = "grants.csv"
VOUCHES = "vouches.csv"
MOVES = "moves.csv"
VISITS = "visits.csv"

COLUMNS: dict[str, tuple[str, ...]] = {
    UNITS: ("unit", "kind", "places", "name", "hs_code"),
    PARTIES: ("party", "kind", "place", "holding_limit", "note"),
    EARMARKS: ("earmark", "donor", "unit", "purpose"),
    AUTHORISATIONS: (
        "authorisation", "jurisdiction", "issuer", "basis", "purpose", "valid_from", "valid_until", "unit", "ceiling",
    ),
    LEGS: (
        "leg", "from_place", "to_place", "mode", "commission_percent", "commission_fixed", "unit", "days", "limit_each",
        "authorisation",
    ),
    GRANTS: ("grant", "recipient", "venture", "earmark", "authorisation", "unit", "amount", "tranches"),
    VOUCHES: ("recipient", "referee", "tie", "known_years", "said_on", "word"),
    MOVES: (
        "happened_at", "entry", "kind", "giver", "taker", "unit", "amount", "earmark", "grant", "authorisation", "note",
    ),
    VISITS: (
        "grant", "visited_on", "trading", "takings_month", "unit", "jobs", "informal_payments_month", "shock",
        "helped_others",
    ),
}  # fmt: skip


def sheet_name(file: str) -> str:
    """The name of a file's sheet in a workbook."""
    return file.partition(".")[0]
