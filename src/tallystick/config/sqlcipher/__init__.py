"""Django on SQLCipher: an encrypted SQLite file as the books of one laptop."""
