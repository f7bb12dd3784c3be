"""Dates as pages write them."""

import re
from datetime import UTC, datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january enero gener xaneiro janeiro janvier januar gennaio",
            "feb february febrero febrer febreiro fevereiro février februar febbraio",
            "mar march marzo març março mars märz",
            "apr april abril avril aprile",
            "may mayo maig maio mai maggio",
            "jun june junio juny xuño junho juin juni giugno",
            "jul july julio juliol xullo julho juillet juli luglio",
            "aug august agosto agost août",
            "sep sept september septiembre setembre setembro septembre settembre",
            "oct october octubre octubre outubro octobre oktober ottobre",
            "nov november noviembre novembre novembro",
            "dec december diciembre desembre decembro dezembro décembre dezember dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?:[^\W\d_]{2,12},?\s+)?"
_FORMS = (
    re.compile(
        rf"^{_WEEKDAY}(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})$", re.IGNORECASE
    ),
    re.compile(
        rf"^{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:de\s+|d['’])?(?P<month>{_MONTH})\.?,?\s+(?:de\s+|del\s+)?(?P<year>\d{{4}})$",
        re.IGNORECASE,
    ),
    re.compile(r"^(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日$"),
)
_LEAD = re.compile(r"^(?:published|posted|updated|date)(?:\s+on)?:?\s+", re.IGNORECASE)


def parse_date(text: str) -> datetime | None:
    """A time with a zone, from ISO 8601 or from a day written out; midnight UTC for a day; None for anything else."""
    plain = _LEAD.sub("", text.strip())
    try:
        moment = datetime.fromisoformat(plain)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except ValueError:
        return next((day for form in _FORMS if (found := form.match(plain)) and (day := _day(found))), None)


def _day(found: re.Match[str]) -> datetime | None:
    month = found["month"].lower()
    try:
        return datetime(
            int(found["year"]), int(month) if month.isdigit() else _MONTHS[month], int(found["day"]), tzinfo=UTC
        )
    except ValueError:
        return None
