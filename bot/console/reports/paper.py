"""Reports as PDF, to be signed and handed in."""

from collections.abc import Sequence
from decimal import Decimal

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos

from bot.console.render import show_decimal, show_number
from bot.console.reports.tables import Cell, Table

FONT, SIZE, SMALL, LARGE = "Helvetica", 10, 8, 15
LINE, BAR = 5.5, 4
BRAND, HEADING_ROOM = (11, 95, 85), 35
ASCII = str.maketrans({"–": "-", "—": "-", "…": "...", "“": '"', "”": '"', "’": "'", "•": "-"})


def plain(text: str) -> str:
    """Words in the letters that the fonts of every reader have."""
    return text.translate(ASCII).encode("latin-1", "replace").decode("latin-1")


class Paper(FPDF):
    """An A4 page with the office at the head and numbered pages."""

    def __init__(self, office: str, foot: str) -> None:
        super().__init__(format="A4")
        self._office, self._foot = plain(office), plain(foot)
        self.set_margins(20, 18)
        self.set_auto_page_break(auto=True, margin=20)
        self.add_page()

    def header(self) -> None:
        """The office, on every page."""
        self.set_font(FONT, "B", SMALL)
        self.cell(0, LINE, self._office, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)

    def footer(self) -> None:
        """What it is, and which page."""
        self.set_y(-14)
        self.set_font(FONT, "", SMALL)
        self.cell(0, LINE, f"{self._foot}  {self.page_no()}/{{nb}}", align="R")

    def title_line(self, text: str) -> None:
        """What the report is."""
        self.set_font(FONT, "B", LARGE)
        self.multi_cell(0, 8, plain(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def section(self, text: str) -> None:
        """A heading, on the page where what it heads begins."""
        if self.will_page_break(HEADING_ROOM):
            self.add_page()
        self.ln(3)
        self.set_font(FONT, "B", SIZE + 2)
        self.multi_cell(0, 7, plain(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def words(self, text: str) -> None:
        """A paragraph."""
        self.set_font(FONT, "", SIZE)
        self.multi_cell(0, LINE, plain(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1)

    def grid(self, table: Table, widths: Sequence[int] = ()) -> None:
        """A table; it goes on over pages with its head again."""
        self.set_font(FONT, "", SMALL + 0.5)
        first = (4, *([2] * (len(table.columns) - 1)))
        numbers = ["LEFT", *(["RIGHT"] * (len(table.columns) - 1))]
        aligned = numbers if _is_numeric(table) else ["LEFT"] * len(table.columns)
        with self.table(
            col_widths=tuple(widths) or first,
            text_align=tuple(aligned),
            line_height=LINE,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        ) as drawn:
            for row in table.lines:
                cells = drawn.row()
                for cell in row:
                    cells.cell(plain(show(cell)))
        self.ln(2)

    def bars(self, entries: Sequence[tuple[str, int, str]]) -> None:
        """Bars with their names and what they say."""
        most, room = max((count for _, count, _ in entries), default=0) or 1, self.epw - 75
        self.set_font(FONT, "", SMALL + 0.5)
        self.set_fill_color(*BRAND)
        for name, count, said in entries:
            if self.will_page_break(LINE + 1):
                self.add_page()
            y = self.get_y()
            self.cell(55, LINE, plain(name))
            length = room * count / most
            self.rect(self.l_margin + 57, y + 0.8, max(length, 0.3), BAR, style="F")
            self.set_xy(self.l_margin + 59 + length, y)
            self.cell(15, LINE, plain(said), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)

    def signature(self, place: str, who: str) -> None:
        """Room to sign."""
        if self.will_page_break(40):
            self.add_page()
        self.ln(8)
        self.set_font(FONT, "", SIZE)
        for text in (place, who):
            self.set_x(self.l_margin + self.epw * 0.6)
            self.multi_cell(0, LINE, plain(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(20)
        self.set_x(self.l_margin + self.epw * 0.6)
        self.cell(0, LINE, "." * 45)

    def file(self) -> bytes:
        """The finished document."""
        return bytes(self.output())


def _is_numeric(table: Table) -> bool:
    return all(not isinstance(cell, str) for row in table.rows for cell in row[1:])


def show(cell: Cell) -> str:
    """A cell as it is read."""
    if isinstance(cell, str):
        return cell
    return show_decimal(cell) if isinstance(cell, Decimal) else show_number(cell)
