"""What comes in and goes out whole: programme folders, workbooks, and the journal replayed."""
