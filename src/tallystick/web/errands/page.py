"""The pages of long work: what is asked for, how far it is, and what came of it. A page asks and shows; workers do."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tallystick.core.bringing import Bringer, need_of
from tallystick.core.errand import KEEPS_FILE, MAY_ASK, OPEN, ErrandKind, ErrandState, check_may_ask
from tallystick.core.role import AGREES
from tallystick.core.sign_off import Signer
from tallystick.errands.actions import (
    agree_take,
    ask_again,
    ask_give,
    ask_take,
    ask_weigh,
    cancel,
    decline_take,
    hand_out,
    let_go,
)
from tallystick.errands.kept import outcome_of, wish_of
from tallystick.errands.models import Errand
from tallystick.errands.queries import errand_for, errands_for, weighing_of
from tallystick.errands.upload import MIB, UPLOAD_BYTES_MAX, Upload, check_size, one_file
from tallystick.ledger.queries.counts import act_count
from tallystick.web.asker import asker_of, may_read, member_here
from tallystick.web.errands.shown import entries_page, for_two, outcome, row, rows
from tallystick.web.errands.words import need_words
from tallystick.web.page import desk, page, posted_text

AGAIN, CANCEL, LET_GO, TAKE, AGREE, DECLINE = "again", "cancel", "let_go", "take", "agree", "decline"
AS_WORKBOOK = "workbook"
ENDED = (ErrandState.REFUSED, ErrandState.FAILED, ErrandState.CANCELLED)
TYPES = {
    True: ("books.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    False: ("books.zip", "application/zip"),
}


@desk
def bring_in(request: HttpRequest) -> HttpResponse:
    """A form for a file; what is sent is weighed by a worker, and nothing of it is in the books yet."""
    if request.method == "POST":
        check_size(int(request.META.get("CONTENT_LENGTH") or 0))
        upload = one_file([_upload(one) for one in request.FILES.getlist("file")])
        return redirect("errand", code=ask_weigh(upload, by=member_here(request).name, asked_at=timezone.now()).code)
    return render(request, "web/errands/bring_in.html", {"most": UPLOAD_BYTES_MAX // MIB})


@desk
def give_out(request: HttpRequest) -> HttpResponse:
    """Have the books written out, as a workbook or as an archive."""
    if request.method == "POST":
        as_workbook = request.POST.get("form") == AS_WORKBOOK
        return redirect(
            "errand", code=ask_give(as_workbook=as_workbook, by=member_here(request).name, asked_at=timezone.now()).code
        )
    return render(request, "web/errands/give_out.html")


@page
def errands(request: HttpRequest) -> HttpResponse:
    """What was asked for, the latest first."""
    here = member_here(request)
    return render(request, "web/errands/errands.html", {"rows": rows(errands_for(here.name, roles=here.roles))})


@desk
def errand(request: HttpRequest, code: str) -> HttpResponse:
    """One errand; what is sent ends it, has it done again, takes what was weighed into the books, agrees to that, or lets its file go."""
    one = _errand(request, code)
    if request.method == "POST":
        return _asked(request, one)
    context: dict[str, Any] = {"row": row(one), **_choices(request, one), **_second(request, one)}
    if one.state not in OPEN:
        weighing = weighing_of(one) if one.state == ErrandState.ASKED else one
        context |= outcome(weighing)
        context |= entries_page(weighing, _number(request)) | for_two(weighing) if weighing.kind == ErrandKind.WEIGH else {}
    return render(request, "web/errands/errand.html", context)


@page
def errand_progress(request: HttpRequest, code: str) -> HttpResponse:
    """How far it is, for a page that asks by itself every other second; when it is over, that page is loaded anew.

    Nobody is there because a page asks: whoever went away is locked out as from any other.
    """
    one = _errand(request, code)
    request.asked_by_itself = True  # type: ignore[attr-defined]
    response = render(request, "web/errands/progress.html", {"row": row(one)})
    if one.state not in OPEN:
        response["HX-Refresh"] = "true"
    return response


@desk
def errand_file(request: HttpRequest, code: str) -> HttpResponse:
    """The file that was made, to whoever asked for it, once. Raises ErrandFileGone."""
    one = _errand(request, code)
    if request.method != "POST" or one.asked_by != member_here(request).name:
        raise Http404
    name, kind = TYPES[bool(wish_of(one).get("as_workbook"))]
    data = hand_out(one)
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(request: HttpRequest, one: Errand) -> HttpResponse:
    wish, by, now = request.POST.get("wish"), _bringer(request), timezone.now()
    if wish in (CANCEL, LET_GO):
        check_may_ask(one.kind, name=by.name, roles=by.roles)
    if wish == CANCEL:
        cancel(one)
    elif wish == AGAIN:
        ask_again(one, by=by, asked_at=now, reason=posted_text(request, "reason"))
    elif wish == LET_GO:
        let_go(one)
    elif wish == TAKE:
        one = ask_take(one, by=by, asked_at=now, reason=posted_text(request, "reason"))
    elif wish == AGREE:
        agree_take(one, by=by)
    elif wish == DECLINE:
        decline_take(one, by=by, answer=posted_text(request, "answer"))
    return redirect("errand", code=one.code)


def _bringer(request: HttpRequest) -> Bringer:
    asker = asker_of(request)
    return Bringer(asker.signer, asker.roles, asker.party)


def _reasons(one: Errand) -> list[str]:
    """Why two are needed, where somebody may ask for a file to be taken in, or ask again."""
    if one.kind == ErrandKind.TAKE:
        return list(wish_of(one).get("for_two", [])) if one.state in ENDED and one.file else []
    return [reason for reason, *_ in outcome_of(one).get("for_two", [])] if one.file else []


def _second(request: HttpRequest, one: Errand) -> dict[str, Any]:
    """What an errand's page says of a second person: why there has to be one, and whether it may be whoever looks."""
    by, is_asked = _bringer(request), one.state == ErrandState.ASKED
    need, reasons = one.need, _reasons(one)
    if reasons:
        need = need_of(reasons, has_entries=bool(act_count().entries), roles=by.roles)
    may_be_one = bool(by.signer.may_be & Signer(one.asked_by, one.drawn_by).may_be)
    return {
        "need": need_words(need),
        "reason": wish_of(one).get("reason", "") if one.kind == ErrandKind.TAKE else "",
        "answer": outcome_of(one).get("answer", ""),
        "is_asked": is_asked,
        "is_declined": one.state == ErrandState.DECLINED,
        "is_own": one.asked_by == by.name,
        "may_be_one": may_be_one,
        "may_agree": is_asked and not may_be_one and bool(AGREES & set(by.roles)),
        "may_cancel": (is_asked or one.state in OPEN) and bool(MAY_ASK[ErrandKind(one.kind)] & set(by.roles)),
        "decided_by": one.decided_by,
        "asks_reason": bool(reasons and need),
        "may_see_all": may_read(request, "errands"),
    }


def _choices(request: HttpRequest, one: Errand) -> dict[str, bool]:
    """What may be asked of an errand as it stands."""
    has_file, is_done = bool(one.file), one.state == ErrandState.DONE
    if not MAY_ASK[ErrandKind(one.kind)] & member_here(request).roles:
        return {"is_weighing": one.state == ErrandState.ASKED}
    return {
        "is_weighing": one.kind == ErrandKind.WEIGH or one.state == ErrandState.ASKED,
        "is_giving": one.kind == ErrandKind.GIVE,
        "may_take": is_done and one.kind == ErrandKind.WEIGH and has_file,
        "may_fetch": is_done and one.kind == ErrandKind.GIVE and has_file and one.asked_by == member_here(request).name,
        "is_fetched": is_done and one.kind == ErrandKind.GIVE and not has_file,
        "may_ask_again": one.state in ENDED and (has_file or one.kind == ErrandKind.GIVE),
        "may_let_go": one.state not in KEEPS_FILE and has_file,
    }


def _errand(request: HttpRequest, code: str) -> Errand:
    """The errand of this code; one of somebody else's is no more there than one that never was."""
    here = member_here(request)
    found = errand_for(code, here.name, roles=here.roles)
    if found is None:
        raise Http404
    return found


def _upload(file: UploadedFile[bytes]) -> Upload:
    return Upload(file.name or "", file.read())


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
