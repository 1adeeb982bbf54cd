"""The SQLite file that holds a library: its queries, how it is built, and where it is kept."""
