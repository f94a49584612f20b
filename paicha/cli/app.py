"""The commands together, and their entry point."""

import gc

import typer

from paicha.cli import blanks, forms

app = typer.Typer(
    help="排查：收齐各党支部的附件1、附件2，逐格检查、汇总统计，并退回需要修改的表格。",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,  # a traceback with local variables would print personal data
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("template")(blanks.template)
app.command("prepare")(blanks.prepare)
app.command("check")(forms.check)
app.command("collate")(forms.collate)


def main() -> None:
    """Exit codes: 0 no errors, 1 faults found, 2 wrong usage or nothing could be read."""
    # What a command makes lives to its end and holds hardly a cycle: the collector would only walk it over and over.
    gc.disable()
    app()
