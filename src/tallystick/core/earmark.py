"""Earmarks: whose gift it is and what it may be used for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Earmark:
    earmark: str
    donor: str
    unit: str
    purpose: str = ""
