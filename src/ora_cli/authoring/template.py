"""The file that a new article starts from: required keys are empty, optional ones commented out."""

from __future__ import annotations

from ora_cli.content.articles import SOURCE_KINDS
from ora_cli.content.toml import string

_TEMPLATE = """\
# An article of your own for ora. What follows a "#" is a note to you; take the "#" away from what you want to use.

[[article]]
# The name of the article, for ever: a-z, 0-9 and hyphens.
slug = {slug}
# The question, as a person would ask it.
title = {title}
# A category of your own, or one of those that `ora categories` lists.
category = "my-articles"
# The short answer, which stands by itself. A mark like [^aftercare-sheet] names the source of what stands before it.
answer = ""
# Other ways to ask for it, each with words of its own. They are what makes the article found.
also_asked = [
  # "pool after chemical peel",
  # "is chlorine bad for peeled skin",
]
# What needs a doctor now.
# urgent = "Go to a doctor at once if ..."
# The day on which you last compared the article with its sources.
# reviewed = 2026-11-22
# Slugs of articles that go on from here.
# see_also = ["how-long-a-peel-takes"]

# The long answer, in sections: paragraphs, "- " bullets, **strong words** and [^source] marks.
# [[article.section]]
# heading = "Why to wait"
# body = \"\"\"
# Peeled skin is open to what is in the water [^aftercare-sheet].
#
# - First point.
# - Second point.
# \"\"\"

# Where you have it from: one [[source]] for each id that the text names.
# The kind is one of: {kinds}.
# [[source]]
# id = "aftercare-sheet"
# title = "After your treatment"
# publisher = "The clinic"
# url = "https://example.org/aftercare"
# kind = "hospital"
# date = "2026-05"
"""


def template(slug: str, title: str) -> str:
    """Return the text of a new article file."""
    return _TEMPLATE.format(slug=string(slug), title=string(title), kinds=", ".join(SOURCE_KINDS))
