"""The commands, each in a module of its name. `program` imports only the one that is called."""

SUMMARIES = {
    "ask": "Answer a question, or name the articles that come near.",
    "search": "List the articles that match, the best first.",
    "show": "Show whole articles.",
    "list": "List the articles; in a pipe one slug a line.",
    "categories": "List the categories, or the articles of one.",
    "sources": "List all sources, or those of one article, or show one.",
    "new": "Start an article of your own, and open it in your editor.",
    "edit": "Edit an article; a bundled one as a copy in your folder.",
    "import": "Import articles from FAQ pages, Markdown, tables or exports.",
    "export": "Write articles as data or as pages, to import again.",
    "check": "Find every mistake in article files, with how to fix it.",
    "paths": "Show where everything is, and what is loaded.",
    "completion": "Print the script that completes words in a shell.",
    "man": "Show the manual page.",
    "help": "Show the help of the program, or of a command.",
}
"""The commands with their summaries, in the order of the help; a test keeps them equal to the commands' docstrings."""
