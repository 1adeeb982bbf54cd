"""From a question to a verdict: query, ranking, decision. Nothing here prints."""
