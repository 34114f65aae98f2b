"""Tables as files for spreadsheets. Nobody's words can become a formula there."""

import csv
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO, StringIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from bot.console.render import show_decimal
from bot.console.reports.tables import Cell, Table

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

LONGEST_TITLE, WIDEST = 31, 45
FORBIDDEN = str.maketrans(dict.fromkeys(r"[]:*?/\'", " "))
AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def safe(text: str) -> str:
    """Words that a spreadsheet takes for words: an apostrophe goes before what it would run."""
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_file(table: Table) -> bytes:
    """With semicolons and a mark for UTF-8, as spreadsheets in Indonesia open it at once."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    for row in table.lines:
        writer.writerow([_plain(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str | int:
    if isinstance(cell, str):
        return safe(cell)
    if cell is None:
        return ""
    return show_decimal(cell) if isinstance(cell, Decimal) else cell


def xlsx_file(tables: Sequence[Table]) -> bytes:
    """A workbook with a sheet a table; numbers are numbers, and words are words."""
    written = BytesIO()
    with Workbook(written, AS_WRITTEN) as book:
        bold = book.add_format({"bold": True})
        for number, table in enumerate(tables, 1):
            title = f"{number} {table.title}".translate(FORBIDDEN)[:LONGEST_TITLE]
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            widths = [len(column) for column in table.columns]
            for at, column in enumerate(table.columns):
                sheet.write_string(0, at, column, bold)
            for line, row in enumerate(table.rows, 1):
                for at, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(line, at, cell)
                        widths[at] = max(widths[at], len(cell))
                    elif cell is not None:
                        sheet.write_number(line, at, cell)
            for at, width in enumerate(widths):
                sheet.set_column(at, at, min(width + 2, WIDEST))
    return written.getvalue()
