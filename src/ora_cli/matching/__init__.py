"""From a question to a verdict; nothing here prints."""
