"""Reads Prometheus' text format, version 0.0.4, as strictly as its description is written; a breach of it is an AssertionError.

https://github.com/prometheus/docs/blob/main/content/docs/instrumenting/exposition_formats.md
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from math import inf, isnan

HELP = re.compile(r"# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)")
TYPE = re.compile(r"# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)")
SAMPLE = re.compile(r"([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)")
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)')
ESCAPED = re.compile(r"\\([\\n])")


@dataclass(frozen=True)
class Sample:
    name: str
    labels: dict[str, str]
    value: float


@dataclass
class Read:
    kinds: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)

    def value(self, name: str) -> float | None:
        """Of a metric of ours without labels; None where it is not told."""
        return next((sample.value for sample in self.samples if sample.name == f"tallystick_{name}"), None)

    def counts(self, name: str) -> dict[tuple[str, ...], float]:
        """How many measurements a histogram of ours has, by its labels."""
        return {tuple(one.labels.values()): one.value for one in self.samples if one.name == f"tallystick_{name}_count"}


def read_metrics(text: str) -> Read:
    """The metrics that a text tells."""
    assert text.endswith("\n"), "the last line ends too"
    read = Read()
    family = ""
    for line in text.removesuffix("\n").split("\n"):
        if match := HELP.fullmatch(line):
            family = _begin(match[1], read)
            read.words[family] = ESCAPED.sub(lambda found: "\n" if found[1] == "n" else "\\", match[2])
        elif match := TYPE.fullmatch(line):
            assert match[1] == family, f"the type of {match[1]} stands apart from its help"
            read.kinds[family] = match[2]
        else:
            read.samples.append(_sample(line, family, kind=read.kinds.get(family, "")))
    _check_once(read)
    for name, kind in read.kinds.items():
        if kind == "histogram":
            _check_histogram(name, read)
    return read


def _begin(name: str, read: Read) -> str:
    assert name not in read.words, f"{name} is told twice"
    return name


def _sample(line: str, family: str, *, kind: str) -> Sample:
    match = SAMPLE.fullmatch(line)
    assert match is not None, f"no line of the format: {line}"
    name, labels, value = match.groups()
    endings = ("_bucket", "_sum", "_count") if kind == "histogram" else ("",)
    assert name in {family + ending for ending in endings}, f"{name} stands under {family}"
    number = {"+Inf": inf, "-Inf": -inf}.get(value) or float(value)
    assert not isnan(number)
    assert kind != "counter" or number >= 0
    return Sample(name, _labels(labels or ""), number)


def _labels(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    place = 0
    while place < len(text):
        match = LABEL.match(text, place)
        assert match is not None, f"no label: {text[place:]}"
        assert match[1] not in found, f"the label {match[1]} stands twice"
        found[match[1]] = re.sub(r'\\([\\"n])', lambda one: "\n" if one[1] == "n" else one[1], match[2])
        place = match.end()
    return found


def _check_once(read: Read) -> None:
    lines = [(sample.name, tuple(sorted(sample.labels.items()))) for sample in read.samples]
    assert len(lines) == len(set(lines)), "a line stands twice"


def _check_histogram(name: str, read: Read) -> None:
    """Buckets rise, in their bounds and in what they hold; the last has no bound and holds as many as were counted."""
    buckets: dict[tuple[tuple[str, str], ...], list[tuple[float, float]]] = defaultdict(list)
    told: dict[str, dict[tuple[tuple[str, str], ...], float]] = {"_sum": {}, "_count": {}}
    for sample in read.samples:
        labels = tuple((key, value) for key, value in sample.labels.items() if key != "le")
        if sample.name == f"{name}_bucket":
            bound = sample.labels["le"]
            buckets[labels].append((inf if bound == "+Inf" else float(bound), sample.value))
        elif sample.name in (f"{name}_sum", f"{name}_count"):
            told[sample.name.removeprefix(name)][labels] = sample.value
    assert buckets.keys() == told["_sum"].keys() == told["_count"].keys()
    for labels, found in buckets.items():
        assert found == sorted(found), f"the buckets of {labels} do not rise"
        assert [value for _, value in found] == sorted(value for _, value in found)
        assert found[-1] == (inf, told["_count"][labels])
