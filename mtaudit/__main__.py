"""`python -m mtaudit` is the command line."""

from mtaudit.cli import main

main()
