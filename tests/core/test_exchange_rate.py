"""The rate of an exchange, as people say it."""

import pytest

from tallystick.core.exchange_rate import Side, rate_words


@pytest.mark.parametrize(
    ("given", "got", "words"),
    [
        (Side("USD", 10_000, 2), Side("CNY", 61_400, 2), "1 USD = 6.1400 CNY"),
        (Side("CNY", 61_400, 2), Side("USD", 10_000, 2), "1 USD = 6.1400 CNY"),
        (Side("USD", 10_000, 2), Side("KRW", 102_500, 0), "1 USD = 1025.0000 KRW"),
        (Side("CNY", 750_000, 2), Side("LAMP", 1_250, 0), "1 LAMP = 6.0000 CNY"),
        (Side("CNY", 330_000, 2), Side("FERT", 1_200, 3), "1 FERT = 2750.0000 CNY"),
        (Side("USD", 300, 2), Side("EUR", 200, 2), "1 EUR = 1.5000 USD"),
        (Side("USD", 300, 2), Side("CNY", 2_000, 2), "1 USD = 6.6667 CNY"),
        (Side("USD", 0, 2), Side("CNY", 2_000, 2), ""),
    ],
)
def test_one_of_the_dearer_unit_is_so_many_of_the_other(given: Side, got: Side, words: str):
    assert rate_words(given, got) == words
