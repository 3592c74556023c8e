"""Work that reaches outside of the database, one job a file: read what is asked for, do it, record it."""
