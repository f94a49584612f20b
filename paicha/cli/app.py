"""The commands together, and their entry point."""

import os
import sys
import traceback

import typer
from click import exceptions

from paicha.cli import blanks, forms, keys, letters, site

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
app.command("serve")(site.serve)
app.command("migrate")(site.migrate)
app.add_typer(site.audit, name="audit")
app.add_typer(site.figures, name="figures")
app.add_typer(keys.keys, name="keys")
app.add_typer(letters.letters, name="letters")


def main() -> None:
    """Exit codes: 0 no errors, 1 faults found, 2 wrong usage or nothing could be read."""
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except exceptions.NoArgsIsHelpError as asked:
        asked.show()
    except exceptions.UsageError as wrong:
        command = wrong.ctx.command_path if wrong.ctx else "paicha"
        typer.echo(f"错误：{_in_chinese(wrong)}。用法见 {command} --help", err=True)
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("已中止", err=True)
    except BrokenPipeError:  # whoever read our lines (head, less) has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as problem:  # the last resort: a traceback frightens, and its text may quote a form
        typer.echo(f"错误：程序出了没有预料到的问题（{_where(problem)}），没有做完。{ASK_FOR_HELP}", err=True)
    sys.exit(2)


ASK_FOR_HELP = "请把这一句发给软件维护人；它不含表格内容"


def _where(problem: Exception) -> str:
    """The exception's type and the last line of ours that it passed, never its text: it may quote a form."""
    kind = type(problem).__name__
    ours = [
        (frame.f_globals["__name__"], line)
        for frame, line in traceback.walk_tb(problem.__traceback__)
        if str(frame.f_globals.get("__name__", "")).startswith("paicha.")
    ]
    return f"{kind}，{ours[-1][0]} 第{ours[-1][1]}行" if ours else kind


def _in_chinese(wrong: exceptions.UsageError) -> str:
    if isinstance(wrong, exceptions.NoSuchOption):
        return f"没有 {wrong.option_name} 这个选项"
    if isinstance(wrong, exceptions.MissingParameter):
        return f"还需要写明 {_name(wrong)}"
    if isinstance(wrong, exceptions.BadParameter):
        return f"{_name(wrong)} 写得不对"
    if isinstance(wrong, exceptions.BadOptionUsage):
        return f"{wrong.option_name} 后面要写内容"
    return "没有这样的命令，或多写了内容"


def _name(wrong: exceptions.BadParameter) -> str:
    """The option or argument as a person types it: --out, PATHS."""
    if wrong.param is None:
        return str(wrong.param_hint or "参数")
    return wrong.param.opts[0] if wrong.param.opts[0].startswith("-") else (wrong.param.name or "").upper()
