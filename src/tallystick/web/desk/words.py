"""Words for what is wished for and why two are needed, so that a catalog can have them."""

from django.utils.translation import gettext_lazy as _

WISH_WORDS = {
    "gift": _("A gift"),
    "reversal": _("An entry taken back"),
    "programme": _("The programme"),
    "unit": _("A unit"),
    "earmark": _("An earmark"),
    "party": _("A party"),
    "leg": _("A leg"),
    "tariff": _("A tariff"),
    "agreement": _("An agreement with a custodian"),
    "holding-limit": _("A holding limit"),
    "value-limit": _("A limit in value"),
    "exposure-limit": _("A limit for all who share an upstream"),
    "override": _("One transfer before the last is confirmed"),
}
"""Every wish of core/wish.py, as lists name it."""

NEEDS = {
    "an entry is taken back": _("an entry is taken back"),
    "a tariff is set": _("a tariff is set"),
    "terms are agreed on": _("terms are agreed on"),
    "a limit is set": _("a limit is set"),
    "a transfer goes before the last one is confirmed": _("a transfer goes before the last one is confirmed"),
}
"""Why one person is not enough, as the rooms below say it in English."""

STATES = {
    "waiting": _("waiting"),
    "agreed": _("agreed"),
    "declined": _("declined"),
    "withdrawn": _("taken back"),
}

FACTS = {
    "takes back": _("takes back"),
    "what was wrong": _("what was wrong"),
    "name": _("name"),
    "home": _("home"),
    "reporting unit": _("reporting unit"),
    "opened": _("opened"),
    "unit": _("unit"),
    "kind": _("kind"),
    "decimals": _("decimals"),
    "HS code": _("HS code"),
    "earmark": _("earmark"),
    "donor": _("donor"),
    "purpose": _("purpose"),
    "code name": _("code name"),
    "place": _("place"),
    "note": _("note"),
    "leg": _("leg"),
    "from": _("from"),
    "to": _("to"),
    "by": _("by"),
    "custodian": _("custodian"),
    "valid from": _("valid from"),
    "valid until": _("valid until"),
    "keeps at most": _("keeps at most"),
    "depends on": _("depends on"),
    "each transfer waits for the last": _("each transfer waits for the last"),
    "theft is borne by": _("theft is borne by"),
    "seizure is borne by": _("seizure is borne by"),
    "shortfall is borne by": _("shortfall is borne by"),
    "breakage is borne by": _("breakage is borne by"),
    "spoilage is borne by": _("spoilage is borne by"),
    "fraud is borne by": _("fraud is borne by"),
    "default is borne by": _("default is borne by"),
    "may hold at most": _("may hold at most"),
    "may hold in all units at most": _("may hold in all units at most"),
    "upstream": _("upstream"),
    "all who depend on it may hold at most": _("all who depend on it may hold at most"),
    "transfer that may go": _("transfer that may go"),
    "commission": _("commission"),
    "and for each transfer": _("and for each transfer"),
    "days": _("days"),
    "carries at most": _("carries at most"),
}
"""What the lines are called that tell what no move shows."""
