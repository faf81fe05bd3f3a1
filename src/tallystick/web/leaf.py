"""Long lists a leaf at a time, forward from whatever stood last on the leaf before, and back to the first."""

from django.http import HttpRequest

AFTER = "after"
ROWS = 50


def after(request: HttpRequest) -> str:
    """What the leaf that is asked for follows; empty for the first."""
    return request.GET.get(AFTER, "")


def after_number(request: HttpRequest) -> int | None:
    """The same where rows are numbered; what is no number asks for the first leaf."""
    asked = after(request)
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None


def address_after(request: HttpRequest, place: object) -> str:
    """The address of the leaf that follows this row, whatever else was asked for; of the first, where there is no row."""
    query = request.GET.copy()
    query.pop(AFTER, None)
    if place is not None:
        query[AFTER] = str(place)
    return f"?{query.urlencode()}"
