"""The API: what a member does at the desk and reads on the pages, for programs that sign in with a token."""
