"""What texts mean, by a small language model that the user has on disk: the optional extra "semantic"."""
