"""What every page is told besides its own: who is signed in, and whether the books are a rehearsal."""

from typing import Any

from django.http import HttpRequest

from tallystick.journal.queries import is_rehearsal


def told_to_every_page(request: HttpRequest) -> dict[str, Any]:
    """A context processor. The books are asked only where a page prints it and has not asked itself."""
    return {"member": getattr(request, "member", None), "rehearsal": is_rehearsal}
