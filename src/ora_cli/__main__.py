"""`python -m ora_cli` is `ora`."""

from ora_cli.cli import main

main()
