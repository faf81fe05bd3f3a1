"""Wishes about handovers, money and goods alike: sent, received, lost, disputed, counted above the waybill, ordered to be paid."""
