"""The database lost under those who work with it: a server restarted, connections cut, locks not to be had in time."""
