"""The SQLite file that holds a library: its queries, its building, its keeping."""
