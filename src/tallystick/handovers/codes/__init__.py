"""Codes given out, shown and used up; and payouts by code and without one."""
