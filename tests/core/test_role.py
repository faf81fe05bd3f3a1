"""Who may see which page."""

import pytest

from tallystick.core.role import ALL, PAGES, SEES_SINGLE_HANDS, Door, PageNotForRole, Role, check_may, listed


@pytest.mark.parametrize("role", list(Role))
def test_whose_hands_now_is_for_everybody_but_a_sponsor(role: Role):
    if role is Role.SPONSOR:
        with pytest.raises(PageNotForRole) as refused:
            check_may("whose-hands-now", roles=[role], writing=False)
        assert str(refused.value) == "This page is not for whoever is sponsor alone."
    else:
        check_may("whose-hands-now", roles=[role], writing=False)


@pytest.mark.parametrize("page", ["staff", "staff-member"])
@pytest.mark.parametrize("writing", [False, True])
def test_staff_is_for_a_lead(page: str, writing: bool):
    check_may(page, roles=[Role.AUDITOR, Role.LEAD], writing=writing)
    with pytest.raises(PageNotForRole) as refused:
        check_may(page, roles=ALL - {Role.LEAD}, writing=writing)
    assert refused.value.expectation() == "lead; a lead gives roles on the page “Staff”"


def test_a_page_that_takes_nothing_is_no_more_closed_to_what_is_sent_than_to_a_look():
    assert PAGES["whose-hands-now"].roles(writing=True) == SEES_SINGLE_HANDS


def test_a_page_inside_and_an_address_for_programs_is_for_somebody_and_no_other_page_is_for_roles():
    for page in PAGES.values():
        assert bool(page.read) == (page.door in (Door.INSIDE, Door.CLIENT))
        assert page.write <= page.read


def test_whoever_has_no_role_sees_no_page_inside():
    with pytest.raises(PageNotForRole):
        check_may("whose-hands-now", roles=[], writing=False)
    assert listed([]) == "no role"
    assert listed({Role.SPONSOR, Role.LEAD}) == "lead, sponsor"
