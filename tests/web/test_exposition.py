"""The text format of the metrics, by its rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.web.condition.exposition import Metric, Sample, Spread, counter, exposition, gauge, histogram
from tests.web.metrics_reading import read_metrics

BOUNDS = (0.1, 1.0, 10.0)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def test_a_text_looks_like_this() -> None:
    spread = Spread((("page", "whose-hands-now"), ("status", "200")), (2, 0, 1, 1), 12.5)
    text = exposition([
        counter("tallystick_acts_total", "Acts in the journal.", value=206),
        gauge("tallystick_age_seconds", "Time since.", value=1.5),
        histogram("tallystick_request_seconds", "How long.", bounds=BOUNDS, spreads=[spread]),
    ])  # fmt: skip
    assert text == (
        "# HELP tallystick_acts_total Acts in the journal.\n"
        "# TYPE tallystick_acts_total counter\n"
        "tallystick_acts_total 206\n"
        "# HELP tallystick_age_seconds Time since.\n"
        "# TYPE tallystick_age_seconds gauge\n"
        "tallystick_age_seconds 1.5\n"
        "# HELP tallystick_request_seconds How long.\n"
        "# TYPE tallystick_request_seconds histogram\n"
        'tallystick_request_seconds_bucket{page="whose-hands-now",status="200",le="0.1"} 2\n'
        'tallystick_request_seconds_bucket{page="whose-hands-now",status="200",le="1.0"} 2\n'
        'tallystick_request_seconds_bucket{page="whose-hands-now",status="200",le="10.0"} 3\n'
        'tallystick_request_seconds_bucket{page="whose-hands-now",status="200",le="+Inf"} 4\n'
        'tallystick_request_seconds_sum{page="whose-hands-now",status="200"} 12.5\n'
        'tallystick_request_seconds_count{page="whose-hands-now",status="200"} 4\n'
    )
    assert read_metrics(text).counts("request_seconds") == {("whose-hands-now", "200"): 4}


@given(
    words=ANYTHING.filter(lambda text: not text.startswith(" ")),
    value=ANYTHING,
    number=st.floats(allow_nan=False, allow_infinity=False),
)
def test_whatever_is_said_is_read_back(words: str, value: str, number: float) -> None:
    read = read_metrics(exposition([Metric("tallystick_odd", "gauge", words, (Sample(number, (("said", value),)),))]))
    assert read.words == {"tallystick_odd": words}
    assert [(sample.labels, sample.value) for sample in read.samples] == [({"said": value}, number)]


@given(st.lists(st.lists(st.integers(0, 1000), min_size=4, max_size=4), max_size=5))
def test_buckets_hold_what_lies_under_them(counts: list[list[int]]) -> None:
    spreads = [Spread((("page", str(place)),), one, 1.0) for place, one in enumerate(counts)]
    read = read_metrics(exposition([histogram("tallystick_seconds", "How long.", bounds=BOUNDS, spreads=spreads)]))
    assert read.counts("seconds") == {(str(place),): sum(one) for place, one in enumerate(counts)}


@pytest.mark.parametrize("name", ["1st", "Acts", "acts-total", ""])
def test_a_name_that_the_format_does_not_know_is_a_fault(name: str) -> None:
    with pytest.raises(AssertionError):
        exposition([gauge(name, "What?", value=1)])
    with pytest.raises(AssertionError):
        exposition([Metric("tallystick_odd", "gauge", "What?", (Sample(1, ((name, ""),)),))])


def test_a_metric_told_twice_and_a_counter_without_its_ending_are_faults() -> None:
    with pytest.raises(AssertionError, match="told twice"):
        exposition([gauge("tallystick_odd", "What?", value=1), gauge("tallystick_odd", "What?", value=1)])
    with pytest.raises(AssertionError, match="tallystick_acts"):
        counter("tallystick_acts", "Acts.", value=1)


GOOD = "# HELP a_b What.\n# TYPE a_b gauge\na_b 1\n"


@pytest.mark.parametrize(
    "text",
    [
        GOOD.removesuffix("\n"), GOOD + GOOD, GOOD + "a_b 2\n", GOOD.replace("a_b 1", "a_c 1"), GOOD.replace("gauge", "gouge"),
        GOOD.replace("a_b 1", 'a_b{x="1"y="2"} 1'), GOOD.replace("a_b 1", 'a_b{x="a"b"} 1'), GOOD.replace("a_b 1", "a_b NaN"),
        GOOD.replace("a_b 1", 'a_b{x="1",x="2"} 1'), GOOD.replace("gauge", "counter").replace("a_b 1", "a_b -1"),
        '# HELP a_b What.\n# TYPE a_b histogram\na_b_bucket{le="1.0"} 2\na_b_bucket{le="+Inf"} 1\na_b_sum 1\na_b_count 1\n',
        '# HELP a_b What.\n# TYPE a_b histogram\na_b_bucket{le="1.0"} 2\na_b_sum 1\na_b_count 2\n',
    ],
)  # fmt: skip
def test_a_text_that_breaks_the_format_is_found(text: str) -> None:
    assert read_metrics(GOOD).samples
    with pytest.raises(AssertionError):
        read_metrics(text)
