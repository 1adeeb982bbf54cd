"""Standard output and input: writing, paging, the prompt, progress, completion."""
