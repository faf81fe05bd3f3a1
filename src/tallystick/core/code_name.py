"""Codes that a member gives at the desk: to a party, a unit, an earmark, a leg. Never a person's own name."""

import re
from collections.abc import Container

from tallystick.core.refusal import Refusal

CODE_NAME_LENGTH = 30
CODE_NAME = re.compile(rf"[A-Z0-9][A-Z0-9-]{{0,{CODE_NAME_LENGTH - 1}}}", re.ASCII)


class CodeNameUnfit(Refusal):
    code = "code_name_unfit"
    words = "“{asked}” cannot be a code name."
    expected = "1 to {longest} capital letters, digits and hyphens, and never a person's own name"


class CodeTaken(Refusal):
    code = "code_taken"
    words = "“{asked}” stands in these books already, and a code stays with what had it first."
    expected = "another code"


def check_new_code(asked: str, known: Container[str]) -> None:
    """Refuses what is no code name (CodeNameUnfit), and one that is taken (CodeTaken).

    Two that differ in small letters alone would be one to a person who reads them aloud.
    """
    if not CODE_NAME.fullmatch(asked):
        raise CodeNameUnfit(asked=asked, longest=CODE_NAME_LENGTH)
    if asked in known:
        raise CodeTaken(asked=asked)
