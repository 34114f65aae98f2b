"""Reads Indonesian dates as people write them.

plain    rewrites a text into few words: months M1-M12, weekdays D0-D6, digits
clues    finds what these words say: day, month, "3 hari lalu", "senin depan", "akhir"
resolve  makes one date of the clues, or says what is missing
"""

from actions.forms.dates.resolve import Bound, is_rough, read_date, tells_when

__all__ = ["Bound", "is_rough", "read_date", "tells_when"]
