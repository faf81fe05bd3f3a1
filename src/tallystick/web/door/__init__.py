"""The door: signing in, the second factor, what is locked and what is open; every request comes past here."""
