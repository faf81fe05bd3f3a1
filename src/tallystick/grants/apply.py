"""An act that promises a grant becomes a row."""

from dataclasses import asdict

from tallystick.core.grant import Grant as GrantRecord
from tallystick.grants.models import Grant


def grant_rows(act_id: int, record: GrantRecord) -> list[Grant]:
    fields = asdict(record)
    return [Grant(code=fields.pop("grant"), act_id=act_id, recipient_id=fields.pop("recipient"), **fields)]
