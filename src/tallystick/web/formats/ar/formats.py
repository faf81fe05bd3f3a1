"""A point before the decimals and a comma between thousands, as in every other language: amounts are copied from page to page.

Django would put a comma before the decimals, which a reader of two languages may take for thousands.
"""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
