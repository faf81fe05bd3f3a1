"""Whether this process tells a monitoring program how it is, and to whom: read from one variable of the environment.

Without TALLYSTICK_MONITOR_TOKEN the addresses `/health` and `/metrics` do not exist. With it they answer whoever shows it, and
for everybody else they do not exist either. Where a question comes from decides nothing: behind a proxy all of them come from
this machine, and on a shared one other people's programs do too.
"""

from collections.abc import Mapping

from tallystick.core.refusal import Refusal

TOKEN = "TALLYSTICK_MONITOR_TOKEN"
LENGTH_MIN = 16


class MonitorTokenTooShort(Refusal):
    """The token itself is no fact of this refusal."""

    code = "monitor_token_too_short"
    words = "TALLYSTICK_MONITOR_TOKEN has {length} characters, and could be guessed."
    expected = "{shortest} or more, drawn by chance; or none, and nobody is told how the books are"


def monitor_token(environ: Mapping[str, str]) -> str:
    """The token that opens the pages of health; empty where they are closed. Refuses with MonitorTokenTooShort."""
    token = environ.get(TOKEN, "").strip()
    if token and len(token) < LENGTH_MIN:
        raise MonitorTokenTooShort(length=len(token), shortest=LENGTH_MIN)
    return token
