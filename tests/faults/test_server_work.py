"""The experiment of the lost server in miniature."""

from faults.finding import POSTGRES, SQLCIPHER
from faults.kills.keepers import find_side_by_side

DISTURBED = {"sqlcipher": (SQLCIPHER, "the file held"), "postgres": (POSTGRES, "connections cut")}


def test_a_crowd_that_is_disturbed_gets_on_and_posts_everything_once(engine: str):
    name, title = DISTURBED[engine]
    found = find_side_by_side([("faults.server.keeper", name, "11", "1", title)], told=lambda words: None)
    assert [(finding.title, finding.problems) for finding in found if not finding.holds] == []
    assert len(found) == (2 if engine == "postgres" else 1)
    assert "entries were acknowledged; refused were " in found[0].tried
