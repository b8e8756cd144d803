"""`make bench`: builds a ward of any size and prints how fast each page is for a person who is not a superuser."""
