"""A river says the same as the books it was made from, and its picture hides nothing and lets nothing touch."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.core.entry import Kind
from tallystick.core.flow import ON_THE_ROAD, Flow, Swap, flows_in, swaps_in
from tallystick.core.river.course import KEPT, WAYSIDE, Course, course_of, folded
from tallystick.core.river.layout import layout_of
from tallystick.core.river.order import Link, crossings, ordered
from tallystick.core.river.picture import NARROW, WIDE, DrawnNode, Frame, Picture, picture_of
from tallystick.core.river.stream import INTO, LOSS, OUT_OF, RECOVERED, River, Shore, Stream, rivers_of
from tallystick.core.river.whereabouts import Whereabouts, whereabouts_of
from tallystick.core.valuation import valuation_of
from tests.core import lamps
from tests.core.tales import GRANTS, Tale, tales

KINDS = {
    "PARISH": "donor",
    "LAMPMAKER": "donor",
    "OFFICE": "custodian:fund",
    "HERON": "custodian:agent",
    "CRANE": "custodian:agent",
    "SWALLOW": "custodian:carrier",
} | dict.fromkeys(GRANTS.values(), "recipient")


def rivers_in(flows: Sequence[Flow], swaps: Sequence[Swap] = ()) -> list[River]:
    valuation = valuation_of(swaps, flows=flows, goods={"LAMP", "TRUCK25", "FERT"}, reporting_unit="USD")
    return rivers_of(flows, swaps=swaps, valuation=valuation)


def lamp_rivers() -> list[River]:
    return rivers_in(flows_in(lamps.entries()), swaps_in(lamps.entries()))


def dollars(kind: str, giver: str, taker: str, amount: int) -> Flow:
    return Flow(kind, giver, taker, "USD", amount=amount, earmark="SHOPS")


def river_of(*flows: Flow) -> River:
    return rivers_in(flows)[0]


def drawn(river: River, *, kinds: dict[str, str] = KINDS, most: int = 14, frame: Frame = WIDE) -> tuple[Course, Picture]:
    course = course_of(river, kinds=kinds, most=most, is_brief=frame.standing)
    return course, picture_of(course, frame)


@settings(max_examples=25)
@given(tale=tales())
def test_every_shore_of_every_river_adds_up(tale: Tale) -> None:
    for river in rivers_in(flows_in(tale.entries), swaps_in(tale.entries)):
        for shore in river.shores.values():
            assert shore.came_in + shore.difference == (
                shore.passed_on + shore.commission + shore.cost + shore.informal + shore.lost + shore.on_the_road + shore.holds
            )


@settings(max_examples=25)
@given(tale=tales())
def test_what_was_given_is_somewhere(tale: Tale) -> None:
    for river in rivers_in(flows_in(tale.entries), swaps_in(tale.entries)):
        whole = whereabouts_of(river, KINDS)
        assert whole.given + whole.difference == (
            whole.in_hands + whole.on_the_road + whole.reached + whole.turned
            + whole.commission + whole.cost + whole.informal + whole.lost
        )  # fmt: skip


@settings(max_examples=25)
@given(tale=tales())
def test_what_the_rivers_hold_is_what_the_books_hold(tale: Tale) -> None:
    flows, swaps = flows_in(tale.entries), swaps_in(tale.entries)
    valuation = valuation_of(swaps, flows=flows, goods={"LAMP"}, reporting_unit="USD")
    expected: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for (holder, unit, earmark), amount in tale.held.items():
        value = valuation.value(amount, unit=unit, earmark=earmark)
        river, value = (unit, Fraction(amount)) if value is None else ("USD", value)
        if holder in KINDS:
            expected[river, holder] += value
    for river in rivers_of(flows, swaps=swaps, valuation=valuation):
        for holder in KINDS:
            assert river.shores.get(holder, Shore(holder)).holds == expected[river.unit, holder]


@settings(max_examples=25)
@given(tale=tales(), most=st.integers(1, 4))
def test_a_picture_draws_every_stream_and_folds_without_losing(tale: Tale, most: int) -> None:
    for river in rivers_in(flows_in(tale.entries), swaps_in(tale.entries)):
        course, picture = drawn(river, most=most, frame=NARROW if most == 1 else WIDE)
        folds = {holder: folded(KINDS[holder]) for holder in KINDS if holder not in {node.key for node in course.nodes}}
        ran = sum(stream.amount for stream in river.streams if folds.get(stream.giver, 1) != folds.get(stream.taker, 2))
        assert sum(band.edge.amount for band in picture.bands) == ran
        assert sum(node.holders for node in course.nodes if node.kind in KINDS.values()) == len(
            {end for stream in river.streams for end in stream[:2] if end in KINDS}
        )


@settings(max_examples=25)
@given(tale=tales(), frame=st.sampled_from([WIDE, NARROW]))
def test_nothing_in_a_picture_touches_or_leaves_it(tale: Tale, frame: Frame) -> None:
    for river in rivers_in(flows_in(tale.entries), swaps_in(tale.entries)):
        _, picture = drawn(river, most=3, frame=frame)
        check_room(picture)


def check_room(picture: Picture) -> None:
    """Nodes keep apart, labels keep apart, and all of it lies on the page."""
    columns: dict[int, list[DrawnNode]] = defaultdict(list)
    for node in picture.nodes:
        columns[node.node.column].append(node)
        assert node.x >= 0
        assert node.y >= 0
        assert node.x + node.width <= picture.width
        assert node.y + node.height <= picture.height
        assert min(node.width, node.height) > 0
    for column in columns.values():
        tops = sorted(
            (node.x, node.width, node.label_x) if picture.standing else (node.y, node.height, node.label_y) for node in column
        )
        for (top, size, label), (next_top, _, next_label) in pairwise(tops):
            assert top + size <= next_top
            assert next_label - label >= (70 if picture.standing else 28), "the labels would touch"


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_the_pictures_of_the_lamps_programme_have_room(frame: Frame) -> None:
    for river in lamp_rivers():
        _, picture = drawn(river, kinds=lamps.kinds(), most=4 if frame.standing else 14, frame=frame)
        check_room(picture)
        assert picture.width <= 1120


def test_the_lamps_programme_has_a_river_of_dollars_and_one_of_lamps() -> None:
    dollar_river, lamp_river = lamp_rivers()
    assert (dollar_river.unit, lamp_river.unit) == ("USD", "LAMP")
    assert Stream("HAEBARAGI", "OFFICE", "SHOPS", Fraction(6000000)) in dollar_river.streams
    assert Stream("KILN", "WAGTAIL", "LIGHT", Fraction(2980)) in lamp_river.streams
    assert lamp_river.shores["KILN"].holds == 20


def test_what_was_bought_for_another_earmark_leaves_one_river_and_enters_the_other() -> None:
    dollar_river, lamp_river = lamp_rivers()
    left = next(stream for stream in dollar_river.streams if stream.taker == f"{INTO}LIGHT")
    assert (left.giver, left.amount) == ("KILN", 750000 * Fraction(2942500, 18193895))
    assert Stream(f"{OUT_OF}SHOPS", "KILN", "LIGHT", Fraction(1250)) in lamp_river.streams


def test_exchanges_stay_in_their_hands_and_leave_only_a_difference() -> None:
    shores = lamp_rivers()[0].shores
    assert "DESK" not in shores
    assert shores["YANBANK"].difference < 0 < shores["DANBANK"].difference
    assert sum(shore.difference for shore in shores.values()) == 0, "the average is the earmark's own"


def test_goods_that_were_bought_and_given_in_kind_run_in_their_own_river() -> None:
    flows = [dollars("gift", "PARISH", "OFFICE", 100), Flow("gift", "LAMPMAKER", "HERON", "LAMP", "SHOPS", 7)]
    bought = Swap("purchase", "OFFICE", "LIGHTWORKS", "HERON", "USD", "SHOPS", 40, "LAMP", "SHOPS", 5)
    dollar_river, lamp_river = rivers_in(flows, [bought])
    assert Stream("OFFICE", f"{INTO}LAMP", "SHOPS", Fraction(40)) in dollar_river.streams
    assert Stream(f"{OUT_OF}USD", "HERON", "SHOPS", Fraction(5)) in lamp_river.streams
    assert whereabouts_of(dollar_river, KINDS) == Whereabouts(given=Fraction(100), in_hands=Fraction(60), turned=Fraction(40))
    assert whereabouts_of(lamp_river, KINDS) == Whereabouts(given=Fraction(12), in_hands=Fraction(12))


def test_a_recovery_lessens_the_loss_and_one_from_elsewhere_comes_back_out() -> None:
    river = river_of(
        dollars("gift", "PARISH", "OFFICE", 100),
        dollars("loss", "OFFICE", "@loss:theft", 30),
        dollars("recovery", "@loss:theft", "OFFICE", 10),
        dollars("recovery", "@loss:theft", "HERON", 5),
    )
    assert Stream("OFFICE", LOSS, "SHOPS", Fraction(20)) in river.streams
    assert Stream(RECOVERED, "HERON", "SHOPS", Fraction(5)) in river.streams
    assert river.shores["HERON"].holds == 5


def test_informal_payments_run_apart_from_other_costs() -> None:
    river = river_of(
        dollars("gift", "PARISH", "OFFICE", 100),
        dollars("cost", "OFFICE", "@cost:fuel", 3),
        dollars("cost", "OFFICE", "@cost:customs", 4),
        dollars("cost", "OFFICE", "@cost:informal payment", 5),
    )
    assert (river.shores["OFFICE"].cost, river.shores["OFFICE"].informal) == (7, 5)


def test_what_is_on_the_road_ends_beside_the_next_column() -> None:
    river = river_of(dollars("gift", "PARISH", "OFFICE", 100), dollars(Kind.DISPATCH, "OFFICE", ON_THE_ROAD, 60))
    course, _ = drawn(river)
    road = next(node for node in course.nodes if node.key == ON_THE_ROAD)
    assert (road.kind, road.column) == (WAYSIDE, 2)
    assert river.shores["OFFICE"].on_the_road == 60


def test_columns_follow_the_way_from_donors_to_recipients() -> None:
    course, picture = drawn(lamp_rivers()[0], kinds=lamps.kinds())
    assert [stage.rpartition(":")[2] for stage in course.stages] == [
        "donor", "fund", "middleman", "bank", "agent", "store", "carrier", "recipient",
    ]  # fmt: skip
    assert [heading.kind for heading in picture.headings] == list(course.stages)


def test_thickness_is_in_proportion_and_never_nothing() -> None:
    river = river_of(
        dollars("gift", "PARISH", "OFFICE", 1_000_000),
        dollars("handover", "OFFICE", "HERON", 600_000),
        dollars("handover", "OFFICE", "CRANE", 300_000),
        dollars("cost", "OFFICE", "@cost:fuel", 1),
    )
    course = course_of(river, kinds=KINDS, most=9)
    sizes = {course.nodes[course.edges[run.edge].taker].key: run.size for run in layout_of(course, WIDE.measures).runs}
    assert sizes["HERON"] == pytest.approx(2 * sizes["CRANE"])
    assert sizes["OFFICE"] == pytest.approx(WIDE.measures.across)
    assert sizes["@cost"] == WIDE.measures.least


def test_what_lies_in_a_hand_is_drawn_as_a_part_of_it() -> None:
    river = river_of(dollars("gift", "PARISH", "OFFICE", 100), dollars("handover", "OFFICE", "HERON", 75))
    _, picture = drawn(river)
    office = next(node for node in picture.nodes if node.node.key == "OFFICE")
    assert office.held_height == pytest.approx(office.height / 4)


def test_what_is_handed_back_is_drawn_upstream() -> None:
    river = river_of(
        dollars("gift", "PARISH", "OFFICE", 100),
        dollars("handover", "OFFICE", "HERON", 75),
        dollars("return", "HERON", "OFFICE", 5),
    )
    _, picture = drawn(river)
    back = [(band.giver.key, band.taker.key) for band in picture.bands if band.back]
    assert back == [("HERON", "OFFICE")]


def test_what_passes_between_two_hands_of_one_column_is_a_line_beside_it() -> None:
    river = river_of(
        dollars("gift", "PARISH", "OFFICE", 100),
        dollars("handover", "OFFICE", "HERON", 75),
        dollars("handover", "HERON", "CRANE", 20),
    )
    _, picture = drawn(river)
    assert [(band.giver.key, band.taker.key) for band in picture.bands if band.is_line] == [("HERON", "CRANE")]


def test_many_recipients_are_folded_into_one_and_of_others_the_largest_stay() -> None:
    kinds = (
        KINDS
        | {f"R{number:02}": "recipient" for number in range(20)}
        | {f"A{number:02}": "custodian:agent" for number in range(20)}
    )
    flows = [dollars("handover", "OFFICE", f"A{number:02}", 100 + number) for number in range(20)]
    flows += [dollars("payout", f"A{number:02}", f"R{number:02}", 100) for number in range(20)]
    course, _ = drawn(river_of(dollars("gift", "PARISH", "OFFICE", 9000), *flows), kinds=kinds, most=6)
    keys = {node.key: node.holders for node in course.nodes}
    assert keys[folded("recipient")] == 20
    assert keys[folded("custodian:agent")] == 17
    assert {"A19", "A18", "A17"} <= keys.keys()


def test_a_brief_course_does_not_tell_apart_what_was_kept_spent_and_lost() -> None:
    river = lamp_rivers()[0]
    ends = {node.key for node in course_of(river, kinds=lamps.kinds(), most=4, is_brief=True).nodes if node.kind == WAYSIDE}
    assert ends == {KEPT, f"{INTO}LIGHT"}


def test_four_earmarks_are_told_apart_and_the_smaller_ones_run_together() -> None:
    flows = [Flow("gift", "PARISH", "OFFICE", "USD", f"E{number}", 100 - number) for number in range(6)]
    course = course_of(rivers_in(flows)[0], kinds=KINDS, most=9)
    assert course.tones == {"E0": 1, "E1": 2, "E2": 3, "E3": 4, "E4": 0, "E5": 0}
    assert [(edge.tone, edge.amount) for edge in course.edges] == [(0, 191), (1, 100), (2, 99), (3, 98), (4, 97)]


def test_nodes_are_put_so_that_streams_do_not_cross() -> None:
    links = [Link(0, 5, 1), Link(1, 4, 1), Link(2, 3, 1), Link(3, 8, 1), Link(4, 7, 1), Link(5, 6, 1)]
    columns = [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert crossings(columns, links) == 6
    assert crossings(ordered(columns, links, last=[0] * 9), links) == 0


def test_a_rill_that_crosses_a_river_counts_as_a_rill() -> None:
    assert crossings([[0, 1], [2, 3]], [Link(0, 3, 100), Link(1, 2, 1)]) == 1


def test_waysides_stand_at_the_end_of_their_column() -> None:
    order = ordered([[0], [1, 2]], [Link(0, 1, 5), Link(0, 2, 1)], last=[0, 1, 0])
    assert order == [[0], [2, 1]]


def test_the_same_river_is_drawn_the_same() -> None:
    assert drawn(lamp_rivers()[0], kinds=lamps.kinds()) == drawn(lamp_rivers()[0], kinds=lamps.kinds())


def test_books_without_moves_have_no_river() -> None:
    assert rivers_in([]) == []
