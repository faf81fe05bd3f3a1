"""The picture of a river hides nothing and lets nothing touch."""

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.core.entry import Kind
from tallystick.core.flow import ON_THE_ROAD, Flow, flows_in, swaps_in
from tallystick.core.river.course import KEPT, WAYSIDE, Course, course_of, folded
from tallystick.core.river.layout import layout_of
from tallystick.core.river.order import Link, crossings, ordered
from tallystick.core.river.picture import NARROW, WIDE, DrawnNode, Frame, Picture, picture_of
from tallystick.core.river.stream import INTO, River
from tests.core import lamps
from tests.core.rivers import KINDS, dollars, lamp_rivers, river_of, rivers_in
from tests.core.tales import Tale, tales


def drawn(river: River, *, kinds: dict[str, str] = KINDS, most: int = 14, frame: Frame = WIDE) -> tuple[Course, Picture]:
    course = course_of(river, kinds=kinds, most=most, is_brief=frame.standing)
    return course, picture_of(course, frame)


@settings(max_examples=15)
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


@settings(max_examples=15)
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


def test_what_is_on_the_road_ends_beside_the_next_column() -> None:
    river = river_of(dollars("gift", "PARISH → OFFICE", amount=100), dollars(Kind.DISPATCH, f"OFFICE → {ON_THE_ROAD}", amount=60))
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
        dollars("gift", "PARISH → OFFICE", amount=1_000_000),
        dollars("handover", "OFFICE → HERON", amount=600_000),
        dollars("handover", "OFFICE → CRANE", amount=300_000),
        dollars("cost", "OFFICE → @cost:fuel", amount=1),
    )
    course = course_of(river, kinds=KINDS, most=9)
    sizes = {course.nodes[course.edges[run.edge].taker].key: run.size for run in layout_of(course, WIDE.measures).runs}
    assert sizes["HERON"] == pytest.approx(2 * sizes["CRANE"])
    assert sizes["OFFICE"] == pytest.approx(WIDE.measures.across)
    assert sizes["@cost"] == WIDE.measures.least


def test_what_lies_in_a_hand_is_drawn_as_a_part_of_it() -> None:
    river = river_of(dollars("gift", "PARISH → OFFICE", amount=100), dollars("handover", "OFFICE → HERON", amount=75))
    _, picture = drawn(river)
    office = next(node for node in picture.nodes if node.node.key == "OFFICE")
    assert office.held_height == pytest.approx(office.height / 4)


def test_what_is_handed_back_is_drawn_upstream() -> None:
    river = river_of(
        dollars("gift", "PARISH → OFFICE", amount=100),
        dollars("handover", "OFFICE → HERON", amount=75),
        dollars("return", "HERON → OFFICE", amount=5),
    )
    _, picture = drawn(river)
    back = [(band.giver.key, band.taker.key) for band in picture.bands if band.back]
    assert back == [("HERON", "OFFICE")]


def test_what_passes_between_two_hands_of_one_column_is_a_line_beside_it() -> None:
    river = river_of(
        dollars("gift", "PARISH → OFFICE", amount=100),
        dollars("handover", "OFFICE → HERON", amount=75),
        dollars("handover", "HERON → CRANE", amount=20),
    )
    _, picture = drawn(river)
    assert [(band.giver.key, band.taker.key) for band in picture.bands if band.is_line] == [("HERON", "CRANE")]


def test_many_recipients_are_folded_into_one_and_of_others_the_largest_stay() -> None:
    kinds = (
        KINDS
        | {f"R{number:02}": "recipient" for number in range(20)}
        | {f"A{number:02}": "custodian:agent" for number in range(20)}
    )
    flows = [dollars("handover", f"OFFICE → A{number:02}", amount=100 + number) for number in range(20)]
    flows += [dollars("payout", f"A{number:02} → R{number:02}", amount=100) for number in range(20)]
    course, _ = drawn(river_of(dollars("gift", "PARISH → OFFICE", amount=9000), *flows), kinds=kinds, most=6)
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
