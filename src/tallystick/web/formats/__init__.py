"""Where our figures differ from what Django knows of a language."""
