"""What the tests of workbooks share: a workbook opened, its rows by titles, and its formulas worked out anew. No test."""

import io
import re

import openpyxl


def opened(content, values=False):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def rows(sheet):
    """The rows of a sheet as dicts by the titles of its columns."""
    titles, *cells = sheet.iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in cells]


def computed_by(formula, sheet):
    """What a formula of these workbooks comes to, worked out here from the cells it names."""

    def added(part):
        start, end = part.replace("$", "").split(":")
        cells = [cell.value for line in sheet[start:end] for cell in line if cell.value is not None]
        return sum(computed_by(value, sheet) if isinstance(value, str) else value for value in cells)

    def value_of(found):
        where = sheet.parent[found.group(1)] if found.group(1) else sheet
        value = where[found.group(2).replace("$", "")].value
        return repr(computed_by(value, where) if isinstance(value, str) else value)

    text = re.sub(r"SUM\(([A-Z$0-9]+:[A-Z$0-9]+)\)", lambda found: repr(added(found.group(1))), formula.removeprefix("="))
    text = re.sub(r"(?:([A-Za-z]+)!)?(\$?[A-Z]+\$?[0-9]+)", value_of, text)
    return eval(text, {"__builtins__": {}}, {"MAX": max, "MIN": min})
