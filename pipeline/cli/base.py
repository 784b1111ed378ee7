"""click's commands in both languages: headings, help option, usage errors."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Final

import click

from pipeline.model.message import Lang, Message, say

CONTEXT: Final[dict[str, Any]] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
HELP_WORDS: Final = ("help", "bantuan")
"""Commands that show the help, because that is what people type; the list of commands does not name them."""
_HELP: Final = say("Tampilkan bantuan ini.")
_OPTIONS: Final = say("Opsi")
_COMMANDS: Final = say("Perintah")
_USAGE: Final = say("Pemakaian: ")


class Command(click.Command):
    """A command whose help is in ``lang``; ``callback`` returns the exit code."""

    def __init__(
        self,
        name: str,
        *,
        lang: Lang,
        help: Message,
        short: Message,
        params: Sequence[click.Parameter],
        callback: Callable[..., int],
    ) -> None:
        super().__init__(
            name,
            context_settings=dict(CONTEXT),
            callback=callback,
            params=list(params),
            help=help.text(lang),
            short_help=short.text(lang),
            options_metavar="[OPSI]" if lang == "id" else "[OPTIONS]",
        )
        self.lang: Lang = lang

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with its text in our language."""
        return _translated(super().get_help_option(ctx), self.lang)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), _USAGE.text(self.lang))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options."""
        _write_options(self, ctx, formatter, self.lang)


class Family(Command):
    """A command that has others below it: ``NAME SUB ...`` runs ``SUB``, anything else the command itself.

    ``modules`` maps the names of those below to modules as in ``Group``; each is imported only when it is run.
    """

    def __init__(self, name: str, *, modules: dict[str, str], **more: Any) -> None:
        super().__init__(name, **more)
        self._modules = modules

    def subcommands(self) -> dict[str, click.Command]:
        """The commands below this one."""
        return {name: import_module(module).command(self.lang) for name, module in self._modules.items()}

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the command that is meant."""
        if args and args[0] in self._modules:
            below: click.Command = import_module(self._modules[args[0]]).command(self.lang)
            return below.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options and the commands below."""
        super().format_options(ctx, formatter)
        with formatter.section(_COMMANDS.text(self.lang)):
            formatter.write_dl([(name, found.short_help or "") for name, found in self.subcommands().items()])


class Group(click.Group):
    """The commands, each imported only when it is run or its help is shown.

    ``modules`` maps command names to modules with a function ``command(lang) -> click.Command``.
    """

    def __init__(self, name: str, *, lang: Lang, help: Message, epilog: str, modules: dict[str, str]) -> None:
        super().__init__(
            name,
            context_settings=dict(CONTEXT),
            help=help.text(lang),
            epilog=epilog,
            subcommand_metavar="PERINTAH [ARGUMEN]..." if lang == "id" else "COMMAND [ARGS]...",
            options_metavar="[OPSI]" if lang == "id" else "[OPTIONS]",
            no_args_is_help=False,
            invoke_without_command=True,
        )
        self.lang: Lang = lang
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """Names in the order of the work, not of the alphabet."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import one command."""
        if cmd_name in HELP_WORDS:
            return _help_command(self, cmd_name)
        if cmd_name not in self._modules:
            return None
        made: click.Command = import_module(self._modules[cmd_name]).command(self.lang)
        return made

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may have been meant."""
        name = args[0]
        if name not in (*self._modules, *HELP_WORDS) and not name.startswith("-"):
            raise Said(_no_command(name, list(self._modules)).text(self.lang), ctx)
        return super().resolve_command(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with its text in our language."""
        return _translated(super().get_help_option(ctx), self.lang)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), _USAGE.text(self.lang))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options and the commands."""
        _write_options(self, ctx, formatter, self.lang)
        rows = []
        for name in self.list_commands(ctx):
            found = self.get_command(ctx, name)
            if found is not None:
                rows.append((name, found.short_help or ""))
        with formatter.section(_COMMANDS.text(self.lang)):
            formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """The epilog as it is written, line by line."""
        if self.epilog:
            formatter.write_paragraph()
            for line in self.epilog.splitlines():
                formatter.write(f"{line}\n")


def _help_command(group: Group, word: str) -> click.Command:
    """``tertib help`` and ``tertib help COMMAND``."""

    def callback(command: str | None) -> int:
        context = click.get_current_context()
        top = context.parent or context
        if command is None or command in HELP_WORDS:
            click.echo(top.get_help())
            return 0
        name, found, _ = group.resolve_command(top, [command])
        if found is not None:
            click.echo(found.get_help(click.Context(found, info_name=name, parent=top, **CONTEXT)))
        return 0

    argument = click.Argument(["command"], required=False, metavar="PERINTAH" if group.lang == "id" else "COMMAND")
    return Command(word, lang=group.lang, help=_HELP, short=_HELP, params=[argument], callback=callback)


class Said(click.UsageError):
    """A usage error whose message is already in the language of the person."""


def usage_text(error: click.UsageError, lang: Lang) -> str:
    """What is wrong with a command line, and where its help is."""
    path = error.ctx.command_path if error.ctx else "tertib"
    see = say("Lihat: {path} --help", path=path).text(lang)
    return f"{_usage_message(error, lang)}\n{see}"


def _usage_message(error: click.UsageError, lang: Lang) -> str:
    if isinstance(error, click.NoSuchOption):
        return _no_option(error.option_name, sorted(error.possibilities or ())).text(lang)
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "?"
        return say("{name} belum disebutkan.", name=name).text(lang)
    if isinstance(error, click.BadOptionUsage):
        return say("Opsi {name} memerlukan isi.", name=error.option_name).text(lang)
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = "/".join(error.param.opts)
        return f"{name}: {error.message}"
    if isinstance(error, Said) or lang == "en":
        return error.format_message()
    extra = re.search(r"\((.*)\)$", error.message)
    return f"Argumen berlebih: {extra[1]}." if extra else "Argumen tidak sesuai."


def _no_option(name: str, near: Sequence[str]) -> Message:
    if near:
        return say("Opsi {name} tidak ada. Maksud Anda {near}?", name=name, near=", ".join(near))
    return say("Opsi {name} tidak ada.", name=name)


def _no_command(name: str, known: Sequence[str]) -> Message:
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return say("Perintah {name} tidak ada. Maksud Anda {near}?", name=name, near=near[0])
    return say("Perintah {name} tidak ada.", name=name)


def _translated(option: click.Option | None, lang: Lang) -> click.Option | None:
    if option is not None:
        option.help = _HELP.text(lang)
    return option


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter, lang: Lang) -> None:
    records = [param.get_help_record(ctx) for param in command.get_params(ctx) if isinstance(param, click.Option)]
    rows = [record for record in records if record is not None]
    if rows:
        with formatter.section(_OPTIONS.text(lang)):
            formatter.write_dl(rows)
