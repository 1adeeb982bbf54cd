"""What an article is; finding, reading and writing article files."""
