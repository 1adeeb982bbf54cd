"""Writing articles of one's own: checking, editing, saving."""
