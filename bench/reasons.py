"""Why a target is missed, where somebody looked into it: said on the page as long as it is missed, and not otherwise."""

from collections.abc import Iterable, Iterator

from bench.figures import Target

REASONS = {
    "batches on SQLCipher against bare": """\
Deciding in Python costs about as much as the rows themselves do in SQLite: of a batch about half goes into rows, a quarter into
custody's rules and balances, an eighth into the text of acts and their digests. Tried and kept: one pass for all balances, named
tuples made at once, texts of codes kept, no adapter searched for bytes and nothing, accounts written with what they are left with,
fewer indexes (which made the bare rows quicker as well). Tried without gain: larger and smaller batches, and a second process that
reads ahead of an import.""",
    "import on SQLCipher against bare": """\
The same as for batches, and reading and checking the folder on top. Tried and kept since: amounts and moments in their usual form
are read without a pattern, an act's text is written as one text, balances are carried in one step, the collector of garbage is asked
a tenth as often, digests are read in pages (together 6 to 8 in a hundred of the processor's time). Tried without gain: a larger
cache of pages.""",
    "one at a time on SQLCipher against hordak": """\
Half of an entry's time is its commit: ten pages encrypted, authenticated, written and waited for. It was fourteen pages before keys
became the places of their rows. Most of the rest is Python, Django's connection included. Tried and kept: statements past Django's
cursors where nobody counts them, a cache that does not drop what was compiled, records kept from one entry to the next.""",
    "one at a time on PostgreSQL against hordak": """\
The wait for the disk and four round trips (begin, ask, write, commit) are half of an entry's time, as they are of hordak's; what we
read, decide, chain and write besides has to fit into what is left. Tried and kept: all questions in one message and all rows in
another, statements that the server keeps planned, whole numbers written into the call. Tried without gain: psycopg's pipeline, and
prepared statements through libpq (49 µs of the client's time by one message, 53 and more by the others). The bare rows alone, a
statement each, hardly do more than hordak.""",
    "16 clients": """\
Clients and server share two cores, and one writer at a time holds the journal from its first message to its last. When statements
came to be planned once a connection, and transactions to be opened and ended within messages, one client's rate rose from 317 to
between 700 and 780 a second, and that of sixteen from 375 to between 590 and 690.""",
    "“whose hands now”, the query": """\
A look back ends after sixteen arrivals, which fewer accounts have had in the small books than in the large ones; and the trees of the
large tables are deeper. It is a matter of milliseconds in either, and swings with the machine.""",
}


def reasons(targets: Iterable[Target]) -> Iterator[str]:
    """A paragraph for each missed target that has a reason here."""
    for target in targets:
        for beginning, why in REASONS.items():
            if not target.is_reached and target.words.startswith(beginning):
                yield f"- **{target.words}**: {' '.join(why.split())}"
