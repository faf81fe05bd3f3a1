"""Folders with something wrong in them: what was edited in the lamps programme, and the faults that it makes."""

import shutil
from pathlib import Path

from tests import books

Edit = tuple[str, str, str]
"""(file, what stands there, what is to stand there instead); a row to be added where nothing stands there."""
Place = tuple[str, int | None, str, str, str]
"""(file, line, column, what stands there, code) of a fault."""

MOVES = "moves.csv"
FIRST, SECOND, THIRD = 128, 129, 130  # lines of rows added to the lamps programme's moves.csv
AT = "2016-03-01T09:00:00+09:00"


def more(*rows: str) -> list[Edit]:
    """Rows at the end of moves.csv."""
    return [(MOVES, "", f"{AT},{row}") for row in rows]


READ: dict[str, tuple[list[Edit], list[Place]]] = {
    "another format": ([("programme.toml", "format = 1", "format = 2")], [("programme.toml", 1, "format", "2", "format_version")]),
    "a key missing": ([("programme.toml", 'home = "KR"', '# home = "KR"')], [("programme.toml", None, "home", "", "key_missing")]),
    "no rehearsal": (
        [("programme.toml", "rehearsal = true", "rehearsal = false")],
        [("programme.toml", None, "rehearsal", "false", "rehearsal_mismatched")],
    ),
    "reporting in no unit": (
        [("programme.toml", 'reporting_unit = "USD"', 'reporting_unit = "EUR"')],
        [("programme.toml", 5, "reporting_unit", "EUR", "unit_unknown")],
    ),
    "an unknown kind of unit": (
        [("units.csv", "KPW,money,0", "KPW,coin,0")], [("units.csv", 5, "kind", "coin", "value_unknown_kind")],
    ),
    "a unit in quarters": ([("units.csv", "KPW,money,0", "KPW,money,x")], [("units.csv", 5, "places", "x", "value_unreadable")]),
    "a party twice": (
        [("parties.csv", "", "KILN,custodian:store,Dandong,,")], [("parties.csv", 30, "party", "KILN", "row_twice")],
    ),
    "a party that would be an account": (
        [("parties.csv", "", "@KILN,custodian:store,Dandong,,")], [("parties.csv", 30, "party", "@KILN", "code_unreadable")],
    ),
    "a limit in no unit": (
        [("parties.csv", "WAGTAIL,custodian:carrier,Sinuiju,CNY 35000", "WAGTAIL,custodian:carrier,Sinuiju,EUR 35000")],
        [("parties.csv", 12, "holding_limit", "EUR 35000", "unit_unknown")],
    ),
    "a donor nobody knows": ([("earmarks.csv", "PARISH", "CHAPEL")], [("earmarks.csv", 3, "donor", "CHAPEL", "party_unknown")]),
    "a donor who is none": (
        [("earmarks.csv", "STALLS,PARISH", "STALLS,KILN")], [("earmarks.csv", 3, "donor", "KILN", "party_of_another_kind")],
    ),
    "no date": (
        [("authorisations.csv", "2014-06-01", "1 June")], [("authorisations.csv", 3, "valid_from", "1 June", "date_unreadable")],
    ),
    "more than all": ([("legs.csv", "wire,10,0", "wire,101,0")], [("legs.csv", 3, "commission_percent", "101", "value_unreadable")]),
    "a leg without its basis": (
        [("legs.csv", "", "A-B,Seoul,Yanji,wire,1,0,USD,1,,NONE")],
        [("legs.csv", 11, "authorisation", "NONE", "authorisation_unknown")],
    ),
    "a grant to nobody": ([("grants.csv", "G01,R01", "G01,R99")], [("grants.csv", 2, "recipient", "R99", "party_unknown")]),
    "a grant to a carrier": (
        [("grants.csv", "G01,R01", "G01,KILN")], [("grants.csv", 2, "recipient", "KILN", "party_of_another_kind")],
    ),
    "a grant out of nothing": (
        [("grants.csv", "noodle shop,SHOPS", "noodle shop,TEAS")], [("grants.csv", 2, "earmark", "TEAS", "earmark_unknown")],
    ),
    "half a grant's smallest part": (
        [("grants.csv", "CNY,20000.00", "CNY,20000.005")], [("grants.csv", 2, "amount", "20000.005", "amount_too_precise")],
    ),
    "less than no grant": (
        [("grants.csv", "CNY,20000.00", "CNY,-20000.00")], [("grants.csv", 2, "amount", "-20000.00", "amount_negative")],
    ),
    "a word that vouches for nothing": (
        [("vouches.csv", "2014-03-04,for", "2014-03-04,perhaps")], [("vouches.csv", 2, "word", "perhaps", "value_unknown_kind")],
    ),
    "a visit to no grant": ([("visits.csv", "", "G99,2015-01-01,yes,,,,,,")], [("visits.csv", 17, "grant", "G99", "grant_unknown")]),
    "a column less": ([("vouches.csv", ",known_years,", ",years,")], [
        ("vouches.csv", 1, "known_years", "", "file_columns"), ("vouches.csv", 1, "years", "years", "file_columns"),
    ]),
    "a cell more": ([(MOVES, "", f"{AT},E1,gift,PARISH,OFFICE,KRW,1,STALLS,,,,,more")], [
        (MOVES, FIRST, "", f"{AT},E1,gift,PARISH,OFFICE,KRW,1,STALLS,,,,,more", "row_width"),
    ]),
    "a mark never closed": ([(MOVES, "", f'{AT},E1,gift,PARISH,OFFICE,KRW,1,STALLS,,,"oh')], [(MOVES, FIRST, "", "", "file_quoting")]),
    "no clock": (
        [(MOVES, "", "2016-03-01T09:00:00,E1,gift,PARISH,OFFICE,KRW,1,STALLS,,,")],
        [(MOVES, FIRST, "happened_at", "2016-03-01T09:00:00", "moment_without_offset")],
    ),
    "no moment": (
        [(MOVES, "", "last week,E1,gift,PARISH,OFFICE,KRW,1,STALLS,,,")],
        [(MOVES, FIRST, "happened_at", "last week", "moment_unreadable")],
    ),
    "no kind of move": (more("E1,present,PARISH,OFFICE,KRW,1,STALLS,,,"), [(MOVES, FIRST, "kind", "present", "kind_unknown")]),
    "nothing": (more("E1,gift,PARISH,OFFICE,KRW,0,STALLS,,,"), [(MOVES, FIRST, "amount", "0", "amount_not_positive")]),
    "less than nothing": (more("E1,gift,PARISH,OFFICE,KRW,-5,STALLS,,,"), [(MOVES, FIRST, "amount", "-5", "amount_not_positive")]),
    "half a won": (more("E1,gift,PARISH,OFFICE,KRW,0.5,STALLS,,,"), [(MOVES, FIRST, "amount", "0.5", "amount_too_precise")]),
    "a thousand in another style": (
        more('E1,gift,PARISH,OFFICE,KRW,"1,000",STALLS,,,'), [(MOVES, FIRST, "amount", "1,000", "amount_unreadable")],
    ),
    "more than there is": (
        more("E1,gift,PARISH,OFFICE,KRW,9223372036854775808,STALLS,,,"),
        [(MOVES, FIRST, "amount", "9223372036854775808", "amount_too_large")],
    ),
    "no unit": (more("E1,gift,PARISH,OFFICE,EUR,1,STALLS,,,"), [(MOVES, FIRST, "unit", "EUR", "unit_unknown")]),
}  # fmt: skip
DECIDED: dict[str, tuple[list[Edit], list[Place]]] = {
    "no earmark": (more("E1,gift,PARISH,OFFICE,KRW,1,TEAS,,,"), [(MOVES, FIRST, "earmark", "TEAS", "earmark_unknown")]),
    "no grant": (
        more("P1,payout,OFFICE,R01,CNY,1.00,SHOPS,G99,REH-MONEY,"), [(MOVES, FIRST, "grant", "G99", "grant_unknown")],
    ),
    "no basis": (
        more("H1,handover,OFFICE,HERON,CNY,1.00,SHOPS,,NONE,"), [(MOVES, FIRST, "authorisation", "NONE", "authorisation_unknown")],
    ),
    "nobody": (more("H1,handover,OFFICE,GULL,CNY,1.00,SHOPS,,REH-MONEY,"), [(MOVES, FIRST, "taker", "GULL", "party_unknown")]),
    "no such account": (
        more("H1,cost,OFFICE,@tea:green,CNY,1.00,SHOPS,,,"), [(MOVES, FIRST, "taker", "@tea:green", "holder_unknown")],
    ),
    "no such loss": (
        more("L1,loss,OFFICE,@loss:wind,CNY,1.00,SHOPS,,,"), [(MOVES, FIRST, "taker", "@loss:wind", "loss_cause_unknown")],
    ),
    "a gift from a store": (more("E1,gift,KILN,OFFICE,CNY,1.00,SHOPS,,,"), [(MOVES, FIRST, "giver", "KILN", "ends_wrong")]),
    "to oneself": (more("H1,handover,OFFICE,OFFICE,CNY,1.00,SHOPS,,,"), [(MOVES, FIRST, "taker", "OFFICE", "ends_equal")]),
    "too early": (
        [(MOVES, "", "2014-02-28T09:00:00+09:00,E1,gift,PARISH,OFFICE,KRW,1,STALLS,,,")],
        [(MOVES, FIRST, "happened_at", "2014-02-28T09:00:00+09:00", "happened_before_opening")],
    ),
    "a payout for no reason": (
        more("P1,payout,OFFICE,R01,CNY,1.00,SHOPS,,REH-MONEY,"), [(MOVES, FIRST, "grant", "", "payout_without_grant")],
    ),
    "a payout to another": (
        more("P1,payout,OFFICE,R02,CNY,1.00,SHOPS,G01,REH-MONEY,"), [(MOVES, FIRST, "taker", "R02", "payout_to_another")],
    ),
    "a payout out of another pocket": (
        more("P1,payout,HERON,R01,CNY,1.00,STALLS,G01,REH-MONEY,"),
        [(MOVES, FIRST, "earmark", "STALLS", "payout_from_another_earmark")],
    ),
    "half an exchange": (
        more("X1,exchange,OFFICE,DESK,CNY,1.00,SHOPS,,,"), [(MOVES, FIRST, "kind", "exchange", "pair_incomplete")],
    ),
    "money bought with money": (
        more("B1,purchase,OFFICE,LIGHTWORKS,CNY,1.00,SHOPS,,,", "B1,purchase,LIGHTWORKS,OFFICE,USD,1.00,SHOPS,,,"),
        [(MOVES, FIRST, "kind", "purchase", "pair_mismatched")],
    ),
    "consent that nobody gave": (
        more("E1,reassign,KILN,@earmark,LAMP,5,LIGHT,,,", "E1,reassign,@earmark,KILN,LAMP,5,SHOPS,,,"),
        [(MOVES, FIRST, "note", "", "consent_missing")],
    ),
    "received and never sent": (
        more("T1,receipt,KILN,WAGTAIL,LAMP,5,LIGHT,,,"), [(MOVES, FIRST, "entry", "T1", "receipt_without_dispatch")],
    ),
    "more received than sent": (
        [*more("T1,dispatch,KILN,WAGTAIL,LAMP,5,LIGHT,,REH-GOODS,"),
         (MOVES, "", "2016-03-02T09:00:00+09:00,T1,receipt,KILN,WAGTAIL,LAMP,6,LIGHT,,REH-GOODS,")],
        [(MOVES, SECOND, "amount", "6", "tally_too_small")],
    ),
    "more than she has": (
        more("H1,handover,CRANE,WAGTAIL,CNY,10266.09,SHOPS,,REH-MONEY,"),
        [(MOVES, FIRST, "amount", "10266.09", "holding_too_small")],
    ),
    "more than he may hold": (
        more("H1,handover,HERON,SWALLOW,CNY,27000.00,SHOPS,,,", "H2,handover,CRANE,SWALLOW,CNY,8000.01,SHOPS,,,"),
        [(MOVES, SECOND, "amount", "8000.01", "holding_limit_passed")],
    ),
    "a reference used again": (more("H0077,gift,PARISH,OFFICE,KRW,1,STALLS,,,"), [(MOVES, FIRST, "entry", "H0077", "reference_reused")]),
    "a reversal of nothing": (
        more("V1,reversal,OFFICE,CRANE,CNY,1.00,SHOPS,,,H9999"), [(MOVES, FIRST, "note", "H9999", "nothing_to_reverse")],
    ),
    "a reversal of a reversal": (
        more("V1,reversal,OFFICE,CRANE,CNY,1000.00,SHOPS,,,H0077", "V2,reversal,CRANE,OFFICE,CNY,1000.00,SHOPS,,,V1"),
        [(MOVES, SECOND, "note", "V1", "reversal_of_reversal")],
    ),
    "a reversal twice": (
        more("V1,reversal,OFFICE,CRANE,CNY,1000.00,SHOPS,,,H0077", "V2,reversal,OFFICE,CRANE,CNY,1000.00,SHOPS,,,H0077"),
        [(MOVES, SECOND, "note", "H0077", "reversed_already")],
    ),
    "half a reversal": (
        more("V1,reversal,OFFICE,CRANE,CNY,999.00,SHOPS,,,H0077"), [(MOVES, FIRST, "note", "H0077", "reversal_mismatched")],
    ),
    "a reversal too late": (
        more("V1,reversal,@transit:T0056,CRANE,CNY,11000.00,SHOPS,,,T0056"),
        [(MOVES, FIRST, "note", "T0056", "tally_received_in_part")],
    ),
    "lines that lie apart": (
        [
            *more("E1,gift,PARISH,OFFICE,KRW,1,STALLS,,,"),
            (MOVES, "", "2016-03-02T09:00:00+09:00,E2,gift,PARISH,OFFICE,KRW,1,STALLS,,,"),
            (MOVES, "", f"{AT},E1,gift,PARISH,OFFICE,KRW,2,STALLS,,,"),
        ],
        [(MOVES, THIRD, "entry", "E1", "entry_apart")],
    ),
    "a line of another clock": (
        [*more("E1,gift,PARISH,OFFICE,KRW,1,STALLS,,,"), (MOVES, "", "2016-03-01T08:00:00+08:00,E1,gift,PARISH,OFFICE,KRW,2,STALLS,,,")],
        [(MOVES, SECOND, "happened_at", "2016-03-01T08:00:00+08:00", "entry_of_two_clocks")],
    ),
    "a parcel from two hands": (
        more("T1,dispatch,KILN,WAGTAIL,LAMP,5,LIGHT,,REH-GOODS,", "T1,dispatch,KILN,SWALLOW,LAMP,5,LIGHT,,REH-GOODS,"),
        [(MOVES, SECOND, "taker", "SWALLOW", "tally_of_two_hands")],
    ),
    "received by another": (
        [*more("T1,dispatch,KILN,WAGTAIL,LAMP,5,LIGHT,,REH-GOODS,"),
         (MOVES, "", "2016-03-02T09:00:00+09:00,T1,receipt,KILN,SWALLOW,LAMP,5,LIGHT,,REH-GOODS,")],
        [(MOVES, SECOND, "taker", "SWALLOW", "tally_names_another")],
    ),
    "received before it was sent": (
        [*more("T1,dispatch,KILN,WAGTAIL,LAMP,5,LIGHT,,REH-GOODS,"),
         (MOVES, "", "2016-02-02T09:00:00+09:00,T1,receipt,KILN,WAGTAIL,LAMP,5,LIGHT,,REH-GOODS,")],
        [(MOVES, SECOND, "happened_at", "2016-02-02T09:00:00+09:00", "tally_out_of_time")],
    ),
}  # fmt: skip
CHANGED: dict[str, tuple[list[Edit], list[Place]]] = {
    "another name": (
        [("programme.toml", "rehearsal = true", "rehearsal = true # still"), ("programme.toml", 'home = "KR"', 'home = "JP"')],
        [("programme.toml", None, "home", "JP", "programme_another")],
    ),
    "a party moved": (
        [("parties.csv", "custodian:store,Dandong", "custodian:store,Yanji")],
        [("parties.csv", 13, "place", "Yanji", "record_changed")],
    ),
    "a limit raised": (
        [("parties.csv", "Sinuiju,CNY 35000", "Sinuiju,CNY 36000.50; USD 1")],
        [("parties.csv", 12, "holding_limit", "CNY 36000.50; USD 1", "record_changed")],
    ),
    "a grant raised": ([("grants.csv", "CNY,20000.00,2", "CNY,21000.00,3")], [("grants.csv", 2, "amount", "21000.00", "record_changed")]),
    "a unit counted otherwise": (
        [("units.csv", "CNY,money,2", "CNY,money,3")], [("units.csv", 3, "places", "3", "record_changed")],
    ),
    "a tariff lowered": (
        [("legs.csv", "wire,10,0", "wire,9.5,0")], [("legs.csv", 3, "commission_percent", "9.5", "record_changed")],
    ),
    "a tariff lowered, and units that cannot be read": (
        [("legs.csv", "wire,10,0", "wire,9.5,0"), ("legs.csv", ",USD,", ",USF,"), ("units.csv", "unit,kind", ",kind")],
        [("units.csv", 1, "unit", "", "file_columns"), ("units.csv", 1, "", "", "file_columns")],
    ),
    "an entry changed": (
        [(MOVES, "CRANE,OFFICE,CNY,1000.00", "CRANE,OFFICE,CNY,1000.01")], [(MOVES, 127, "entry", "H0077", "reference_reused")],
    ),
}  # fmt: skip


def edited(folder: Path, edits: list[Edit]) -> Path:
    """The lamps programme with these edits, one after the other."""
    shutil.copytree(books.LAMPS, folder)
    for file, stands, instead in edits:
        text = (folder / file).read_text(encoding="utf-8")
        assert stands in text, f"{file} has no {stands}"
        changed = text.replace(stands, instead, 1) if stands else f"{text}{instead}\n"
        (folder / file).write_text(changed, encoding="utf-8")
    return folder
