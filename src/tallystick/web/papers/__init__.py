"""Papers to print: waybills, cash receipts and pay orders, on A4 or a quarter of it. They carry codes and never a name."""
