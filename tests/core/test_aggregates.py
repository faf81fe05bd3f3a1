"""What is told to whoever may not see single hands."""

from tallystick.core.aggregates import is_few, told_up_to


def grants(first: int, last: int, *, parts: int = 100) -> dict[tuple[str, ...], int]:
    return {(f"G{number:02}", "CNY"): parts for number in range(first, last + 1)}


def test_fewer_than_five_grants_are_few():
    assert is_few(4)
    assert not is_few(5)


def test_nothing_is_told_until_five_grants_were_paid():
    assert told_up_to({"2015-01": grants(1, 4)}, before="2016-01").month == ""
    told = told_up_to({"2015-01": grants(1, 4), "2015-02": grants(5, 5)}, before="2016-01")
    assert (told.month, told.grant_count) == ("2015-02", 5)


def test_the_figure_moves_on_only_when_five_further_grants_were_paid():
    months = {"2015-01": grants(1, 6), "2015-02": grants(7, 7), "2015-03": grants(8, 10), "2015-04": grants(11, 12)}
    assert told_up_to(months, before="2015-04").month == "2015-01", "February and March would tell four grants"
    told = told_up_to(months, before="2015-05")
    assert (told.month, told.grant_count) == ("2015-04", 12)


def test_a_grant_that_is_paid_again_is_one_grant():
    months = {"2015-01": grants(1, 5), "2015-02": grants(1, 5)}
    assert told_up_to(months, before="2016-01").grant_count == 5


def test_a_grant_that_is_paid_in_two_units_is_one_grant():
    months = {"2015-01": grants(1, 4) | {("G01", "LAMP"): 3}}
    assert told_up_to(months, before="2016-01").month == ""


def test_the_month_that_still_goes_on_is_not_told():
    assert told_up_to({"2015-01": grants(1, 9)}, before="2015-01").month == ""


def test_what_was_paid_and_taken_back_since_the_figure_moved_on_makes_it_move_on_no_sooner():
    months = {"2015-01": grants(1, 6), "2015-02": grants(7, 10), "2015-03": grants(7, 10, parts=-100) | grants(11, 11)}
    assert told_up_to(months, before="2015-04").month == "2015-01", "the difference would be what one grant was paid"


def test_payouts_of_five_grants_that_are_taken_back_are_told_like_payouts():
    months = {"2015-01": grants(1, 12), "2015-02": grants(1, 4, parts=-100)}
    assert told_up_to(months, before="2015-03").month == "2015-01"
    told = told_up_to(months | {"2015-03": grants(5, 5, parts=-100)}, before="2015-04")
    assert (told.month, told.grant_count) == ("2015-03", 7)


def test_a_figure_behind_which_few_grants_are_left_is_not_told():
    months = {"2015-01": grants(1, 6), "2015-02": grants(1, 5, parts=-100)}
    told = told_up_to(months, before="2015-03")
    assert (told.month, told.grant_count) == ("2015-01", 6)
