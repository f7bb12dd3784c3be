"""The table of docs/performance.md: how rows are written, and that every part has some."""

from measurements import Row, in_turns, ratio, rounded
from performance import table


def test_a_row_has_the_median_and_the_spread() -> None:
    assert str(Row.of("Publishing", [0.2, 0.5, 0.3], "s", "of 100")) == "| Publishing | 0.30 s | 0.20–0.50 | of 100 |"


def test_short_times_are_written_in_milliseconds() -> None:
    assert Row.of("Once more", [0.04, 0.05, 0.06], "s").median == "50.0 ms"


def test_figures_have_three_places_that_count() -> None:
    assert [rounded(each) for each in (0.123, 12.34, 12_345.6)] == ["0.12", "12.3", "12,346"]


def test_rounds_take_turns_and_a_ratio_is_that_of_neighbours() -> None:
    order: list[str] = []

    def act(name: str, seconds: float) -> float:
        order.append(name)
        return seconds

    took = in_turns(2, {"ours": lambda place: act("ours", place + 1.0), "theirs": lambda place: act("theirs", 2.0)})

    assert order == ["ours", "theirs", "ours", "theirs"]
    assert ratio(took["ours"], took["theirs"]) == 0.75


def test_the_table_names_machine_load_and_versions() -> None:
    made = table([Row.of("One", [1.0], "s")], 60, (0.5, 2.25), "A note.")
    assert "2.2 at the end. A note." in made
    assert "lameenc" in made
    assert made.endswith("| One | 1.00 s | 1.00–1.00 |  |")
