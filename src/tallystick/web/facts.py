"""Words of ours that refusals put into their sentences, so that a catalog can have them.

Words that a person types into a file (kinds of moves, causes of losses, names of columns) are not here: they stay as they are typed.
"""

PHRASES = (
    # What stands, or should stand, in a cell.
    "a name",
    "a code",
    "a code name",
    "a holder",
    "a reference",
    "a kind of move",
    "yes or no",
    "true or false",
    "a percentage from 0 to 100, with at most four decimals",
    "an ISO 3166 code of two letters, like KR",
    "a unit and an amount, like USD 80000, several joined by “; ”",
    # What is wrong with a code.
    "begins with “@”, as only the books' own accounts do",
    "begins or ends with a blank",
    # Who stands at an end of a move.
    "donor",
    "custodian",
    "supplier",
    "changer",
    "recipient",
    "a tally",
    "a commission",
    "a cost",
    "a loss",
    "a custodian's own changing",
    "the account between earmarks",
    "the custodian who is to carry it",
    # Why a file cannot be read.
    "in UTF-16",
    "it is not UTF-8",
    "it is encrypted with a password, or in the older XLS format",
    "it is empty, too long, or more than one line",
    "the database",
    # Why the two lines of an exchange, a purchase or a reassignment do not belong together.
    "both name the same changer",
    "the one who gives takes the other unit",
    "a custodian who changes by itself changes under its own name",
    "the two units differ",
    "both carry the same earmark",
    "both name the same supplier",
    "what is paid is money",
    "what is bought is goods",
    "the value stays with the same custodian",
    "unit and amount are the same on both",
    "the two earmarks differ",
    # What a code is asked for.
    "a slip for a recipient's claim",
    "a slip for this half of a tally",
    # What a wish says of itself.
    "yes",
    "no",
    "no limit",
    "money",
    "goods",
    "programme",
    "upstream",
    # What is wrong with a column.
    "is missing",
    "stands there twice",
    "is not known",
    "has no name",
)
