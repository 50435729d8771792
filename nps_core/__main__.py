"""The command line: the same core without a browser. `python -m nps_core summary FILE…`, `themes FILE…`, `table FILE`.

Exit 0 with an answer on standard output; exit 2 with one line on standard error: expected, found, what to do. Never a traceback.
Standard output is raw data: nothing is neutralised for spreadsheets here, downloads from the app are.
"""

import argparse
import csv
import io
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from nps_core.errors import ExplorerError, UnknownColumn, UnknownValue, Unreadable
from nps_core.question import PERIODS, Question
from nps_core.reading import Choices, read, read_table
from nps_core.reading.choices import COPIES, DATE_ORDERS, NONE
from nps_core.reading.words import fold
from nps_core.responses import Responses
from nps_core.summary import report, summary

SEVERAL = ("--comment", "--where", "--wave", "--by")  # options that take one value or more
FLAGS = ("--json", "--rows", "--help")  # options that take none


class _Parser(argparse.ArgumentParser):
    """argparse, but an error is one line."""

    def error(self, message: str) -> NoReturn:
        """One line on standard error, exit 2."""
        raise UnknownValue(f"a command such as “{self.prog} FILE”", message, f"See {self.prog} --help.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; hands back the exit code."""
    try:
        given = _parser().parse_args(files_first(list(sys.argv[1:] if arguments is None else arguments)))
        text = str(given.run(given))
    except ExplorerError as error:
        return _refuse(str(error))
    except Exception as error:  # a fault of this program is told like any other; nobody reads a traceback aloud
        return _refuse(
            f"Expected a file this program understands; it failed on it ({type(error).__name__}: {error}). Please report it."
        )
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has seen enough, as in `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _refuse(message: str) -> int:
    print(" ".join(message.split()), file=sys.stderr)
    return 2


def files_first(arguments: list[str]) -> list[str]:
    """The arguments with the files in front, where an option that takes several values would swallow them.

    Where no file stands anywhere else, such an option keeps its first value (--where: those with an equals sign).

    >>> files_first(["summary", "--by", "Region", "a.csv", "--json"])
    ['summary', 'a.csv', '--by', 'Region', '--json']
    """
    place, swallowed = 1, None
    while place < len(arguments):
        option = arguments[place]
        if not option.startswith("--"):
            return arguments  # a file stands on its own
        end = place + 1
        if option in SEVERAL:
            end = next((i for i in range(end, len(arguments)) if arguments[i].startswith("--")), len(arguments))
            swallowed = (place + 1, end) if end > place + 2 else swallowed
        elif option not in FLAGS and "=" not in option:
            end += 1
        place = end
    if swallowed is None:
        return arguments
    first, end = swallowed
    values = arguments[first:end]
    own = [value for value in values if "=" in value] if arguments[first - 1] == "--where" else values[:1]
    files = [value for value in values if value not in own]
    return [*arguments[:1], *files, *arguments[1:first], *own, *arguments[end:]]


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m nps_core", description="The Net Promoter Score of a survey file.", allow_abbrev=False)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", parser_class=_Parser)
    table = commands.add_parser("table", help="the table as it was read, as CSV", allow_abbrev=False)
    table.add_argument("file", metavar="FILE")
    table.add_argument("--sheet", metavar="S", help="the sheet of a workbook")
    table.set_defaults(run=_table)
    figures = commands.add_parser("summary", help="the score, its interval and what was set aside", allow_abbrev=False)
    figures.add_argument("files", metavar="FILE", nargs="+", help="several files are waves")
    figures.add_argument("--json", action="store_true", help="as data")
    _add_choices(figures)
    _add_question(figures)
    figures.set_defaults(run=_summary)
    words = commands.add_parser("themes", help="what the comments say", allow_abbrev=False)
    words.add_argument("files", metavar="FILE", nargs="+", help="several files are waves")
    words.add_argument("--group", choices=("passive", "promoter", "detractor", "all"), default="passive", help="whose comments")
    words.add_argument("--question", choices=("auto", "why", "improve"), default="auto", help="what was asked")
    words.add_argument("--codebook", metavar="F", help="a codebook of your own, in its language's place")
    words.add_argument("--json", action="store_true", help="as data")
    words.add_argument("--rows", action="store_true", help="with an entry a comment, as data")
    _add_choices(words)
    _add_question(words)
    words.set_defaults(run=_themes)
    return parser


def _add_choices(parser: argparse.ArgumentParser) -> None:
    columns = parser.add_argument_group("columns", f"by default they are found; {NONE} means none")
    columns.add_argument("--score", metavar="C")
    columns.add_argument("--comment", metavar="C", nargs="+", action="extend")
    columns.add_argument("--date", metavar="C")
    columns.add_argument("--id", metavar="C", help="who answered")
    columns.add_argument("--wave-column", metavar="C")
    columns.add_argument("--sheet", metavar="S", help="the sheet of a workbook")
    columns.add_argument("--date-order", choices=DATE_ORDERS, help="what stands first in dates such as 03/04/2024")
    columns.add_argument("--copies", choices=COPIES, help="count the same answer as often as it stands there, or once")


def _add_question(parser: argparse.ArgumentParser) -> None:
    question = parser.add_argument_group("question")
    question.add_argument("--where", metavar="C=V", nargs="+", action="extend", help="the same C again is “or”")
    question.add_argument("--from", metavar="D", dest="start", help="first day, such as 2024-01-31")
    question.add_argument("--to", metavar="D", dest="end", help="last day")
    question.add_argument("--wave", metavar="W", nargs="+", action="extend")
    question.add_argument("--by", metavar="C", nargs="+", action="extend", help="split by at most two columns")
    question.add_argument("--period", metavar="P", help=", ".join(PERIODS))
    question.add_argument("--level", metavar="L", help="confidence level, such as 0.95")
    question.add_argument("--target", metavar="T", help="your own target in points")


def _table(given: argparse.Namespace) -> str:
    table = read_table(_bytes(given.file), Path(given.file).name, given.sheet)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if table.header:
        writer.writerow(table.header)
        writer.writerows(table.frame.itertuples(index=False, name=None))
    return out.getvalue()


def _summary(given: argparse.Namespace) -> str:
    responses = read([(Path(name).name, _bytes(name)) for name in given.files], _choices(given))
    question = ask(given, responses)
    if given.json:
        return json.dumps(summary(responses, question), ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    return report(responses, question) + "\n"


def _themes(given: argparse.Namespace) -> str:
    from nps_core.comments.codebook import LANGUAGES, load, parse
    from nps_core.comments.report import report as report_comments
    from nps_core.comments.report import themes_of

    responses = read([(Path(name).name, _bytes(name)) for name in given.files], _choices(given))
    if not responses.comments:
        raise UnknownColumn("a column of comments", "none", "Name one with --comment COLUMN.")
    question = ask(given, responses)
    books = {language: load(language) for language in LANGUAGES}
    if given.codebook:
        own = parse(_bytes(given.codebook), Path(given.codebook).name)
        books[own.language] = own
    asked = None if given.question == "auto" else given.question
    found = themes_of(responses, question, books, given.group, asked, given.rows)
    if given.json or given.rows:
        return json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    return report_comments(found) + "\n"


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        raise Unreadable("a file that can be opened", f"{name}: {reason}", "Check the name and the folder.") from error


def _choices(given: argparse.Namespace) -> Choices:
    single = {"score": given.score, "date": given.date, "id": given.id, "wave_column": given.wave_column, "sheet": given.sheet}
    single |= {"date_order": given.date_order, "copies": given.copies}
    params = {key: [value or NONE] for key, value in single.items() if value is not None}
    return Choices.from_params(params | ({"comment": given.comment} if given.comment else {}))


def ask(given: argparse.Namespace, responses: Responses) -> Question:
    """The question that the options ask of this survey. Raises UnknownColumn and UnknownValue."""
    if not responses.dated and (given.start or given.end or given.period):
        raise UnknownColumn("a column of dates for --from, --to and --period", "none", "Name one with --date COLUMN.")
    if given.period and given.period not in PERIODS:
        raise UnknownValue(f"one of {', '.join(PERIODS)} after --period", f"“{given.period}”", "Choose one of them.")
    by = tuple(dict.fromkeys(_split(name, responses) for name in given.by or ()))
    if len(by) > 2:
        raise UnknownValue("at most two columns after --by", f"{len(by)}", "Leave some out.")
    return Question(
        where=_where(given.where or (), responses),
        start=_day(given.start),
        end=_day(given.end),
        wave=tuple(dict.fromkeys(_value("wave", wave, responses) for wave in given.wave or ())),
        by=by,
        period=given.period,
        level=_level(given.level),
        target=None if given.target is None else _number(given.target, "--target", -100, 100),
    )


def _where(pairs: Sequence[str], responses: Responses) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Filters by column, in the order given: the same column again is “or”."""
    chosen: dict[str, dict[str, None]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise UnknownValue("COLUMN=VALUE after --where", f"“{pair}”", "Put an equals sign between them.")
        column = _segment(name, responses)
        chosen.setdefault(column, {})[_value(column, value, responses)] = None
    return tuple((column, tuple(values)) for column, values in chosen.items())


def _split(name: str, responses: Responses) -> str:
    """What --by names: a segment, or the waves by the word wave or by their column."""
    wave = next((role.column for role in responses.roles if role.part == "wave"), "wave")
    return "wave" if responses.waves and name in ("wave", wave) else _segment(name, responses)


def _segment(name: str, responses: Responses) -> str:
    """The survey's name of a segment that is named as in the file."""
    sources = [role for role in responses.roles if role.part == "segment"]
    for same in (lambda text: text == name, lambda text: fold(text) == fold(name)):
        for role in sources:
            if same(role.column) or same(role.canonical) or same(role.header):
                return role.canonical
    known = ", ".join([role.column for role in sources] + (["wave"] if responses.waves else [])) or "none in this file"
    raise UnknownColumn("a column that splits the answers into groups", f"“{name}”", f"Choose one of: {known}.")


def _value(column: str, value: str, responses: Responses) -> str:
    if column == "wave" and not responses.waves:
        raise UnknownColumn("a survey with waves", "one without", "Name their column with --wave-column, or give several files.")
    values = responses.values(column)
    if value not in values:
        listed = ", ".join(f"“{text}”" for text in values[:40])
        raise UnknownValue(f"a value that occurs in “{column}”", f"“{value}”", f"Choose one of: {listed}.")
    return value


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UnknownValue("a day such as 2024-01-31", f"“{text}”", "Write year, month and day.") from None


def _level(text: str | None) -> float:
    """A confidence level as a share or in per cent."""
    if text is None:
        return Question.level
    level = _number(text, "--level", 0.5, 99.9)
    level = level / 100 if level >= 1 else level
    if level < 0.5:
        raise UnknownValue(
            "a level from 0.5 to 0.999, or 50 to 99.9 per cent", f"“{text}”", "Choose one in that range, such as 0.95."
        )
    return level


def _number(text: str, option: str, low: float, high: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not low <= number <= high:
        raise UnknownValue(f"a number from {low:g} to {high:g} after {option}", f"“{text}”", "Choose one in that range.")
    return number


if __name__ == "__main__":
    sys.exit(main())
