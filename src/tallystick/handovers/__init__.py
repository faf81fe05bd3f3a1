"""The hands value passes through: every wish to post comes through here, money and goods alike."""
