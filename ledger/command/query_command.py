"""A command that takes a query."""

from __future__ import annotations

import re

import click

_TERM = re.compile(r"-(?:[^\x00-\x7f]|[A-Za-z_]+[:：])")


class QueryCommand(click.Command):
    """A command whose arguments may begin with a minus: `-light:green` is a term of the query and no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts such terms where click takes everything for an argument."""
        if "--" not in args:
            terms = [arg for arg in args if _TERM.match(arg)]
            args = [arg for arg in args if not _TERM.match(arg)] + (["--", *terms] if terms else [])
        return super().parse_args(ctx, args)
