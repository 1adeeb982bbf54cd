"""`ora` without words: what it is, what to type, and the prompt."""

from __future__ import annotations

from functools import partial

from ora_cli.commands.common import CommonOptions
from ora_cli.commands.conversation import Conversation
from ora_cli.commands.options import with_common_options
from ora_cli.terminal.output import Output
from ora_cli.text.wording import counted


@with_common_options
def command(options: CommonOptions) -> Output:
    """Greet somebody at a terminal, and answer what they type."""
    import gc

    from ora_cli.render import greeting

    gc.enable()  # many questions may leave garbage that one does not
    library = options.library(to_ask=True)
    articles = counted(len(library.entries()), "article")
    options.write(options.style.text(greeting.blocks(f"{articles} in {len(library.categories())}")))
    ask = partial(library.ask, min_confidence=options.config.min_confidence)
    return Conversation(options, library, ask).at_prompt()
