"""Finding what a code or reference begins: the codes of a table that begin with what was typed, in their order."""

from tallystick.journal.asking import ask

TABLES = {
    "party": ("people_party", "code"),
    "earmark": ("ledger_earmark", "code"),
    "unit": ("ledger_unit", "code"),
    "authorisation": ("authorisations_authorisation", "code"),
    "grant": ("grants_grant", "code"),
    "leg": ("corridors_leg", "code"),
    "slip": ("handovers_slip", "code"),
    "pay_order": ("handovers_payorder", "code"),
    "entry": ("ledger_entry", "reference"),
}
"""What can be found, and where it stands."""
# An index leads to the first of them, whichever way the database sorts text, and to those that follow.
BEGINNING = "SELECT DISTINCT {column} FROM {table} WHERE {column} >= %s ORDER BY {column} LIMIT {most}"
LOOKED_AT = 4  # times as many as are wanted: where text is sorted by a language, others may stand among them


def beginning(what: str, typed: str, *, most: int) -> list[str]:
    """The codes that begin with what was typed, so many at the most. One question."""
    table, column = TABLES[what]
    rows = ask(BEGINNING.format(table=table, column=column, most=most * LOOKED_AT), [typed])()
    return [code for (code,) in rows if code.startswith(typed)][:most]
