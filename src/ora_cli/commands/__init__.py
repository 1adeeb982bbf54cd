"""The commands, each in a module of its name. `program` imports only the one that is called."""

SUMMARIES = {
    "ask": "Answer a question, or name the articles that come near.",
    "search": "List the best matches: slug, confidence, title.",
    "show": "Show one article.",
    "list": "List the articles, one slug a line.",
    "categories": "List the categories with their number of articles.",
    "sources": "List the sources of one article, or of all.",
    "new": "Start an article of your own, and open it in your editor.",
    "edit": "Edit an article; a bundled one as a copy in your folder.",
    "import": "Make articles of a FAQ page, Markdown, a table or an export.",
    "export": "Write articles as JSON Lines or Markdown, to import again.",
    "check": "Find every mistake in article files, with how to fix it.",
    "paths": "Show where everything is, and what is loaded.",
    "completion": "Print the script that completes words in a shell.",
    "man": "Show the manual page.",
}
"""The commands with their summaries, in the order of the help; a test keeps them equal to the commands' docstrings."""
