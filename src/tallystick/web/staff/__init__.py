"""The page “Staff”: who may sign in, for a lead to say."""
