"""Two revisions of a script, matched line by line."""

from podcaster.episode.script_comparison import LineComparison, ScriptLine, compared


def line(source: str, text: str = "", clip: str = "") -> ScriptLine:
    return {"kind": "paragraph", "source": source, "text": text or source, "clip": clip or text or source}


def texts(found: LineComparison) -> tuple[str | None, str | None]:
    return found.before and found.before["text"], found.after and found.after["text"]


def test_a_line_keeps_its_place_when_others_come_and_go() -> None:
    before = [line("One."), line("Two."), line("Three.")]
    after = [line("One."), line("One and a half."), line("Three.", "Trois.")]
    found = compared([*before, line("Four.")], after)
    assert [texts(each) for each in found] == [
        ("One.", "One."), ("Two.", "One and a half."), ("Three.", "Trois."), ("Four.", None),
    ]  # fmt: skip
    assert [each.reworded for each in found] == [False, True, True, True]


def test_a_line_said_otherwise_is_not_reworded() -> None:
    (found,) = compared([line("One.", clip="a")], [line("One.", clip="b")])
    assert (found.reworded, found.sounds_otherwise, found.source) == (False, True, "One.")


def test_a_new_line_has_nothing_before_it() -> None:
    found = compared([line("One."), line("Two.")], [line("One."), line("New."), line("Newer."), line("Two.")])
    assert [texts(each) for each in found] == [("One.", "One."), (None, "New."), (None, "Newer."), ("Two.", "Two.")]
