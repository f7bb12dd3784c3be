"""Reviewed or not is a state of each language, and the words on air, on pages and in feeds follow it."""

from dataclasses import replace
from pathlib import Path

import pytest

from podcaster.episode.notes import ENGLISH, notes_html
from podcaster.errors import EpisodeUnknown, InputRefused, Outdated
from podcaster.model.changes import Action, Actor, Channel
from podcaster.model.reviews import TranslationState, translation_state
from podcaster.ports import acting
from podcaster.units import ContentKey, LanguageTag
from support.report_desk import EN, ES, Desk, report_desk

ANA = Actor(name="ana", channel=Channel.DESK)


def state(desk: Desk) -> str:
    return str(desk.container.lines.script(desk.article, ES)["translation"]["state"])


def reworded(desk: Desk, index: int, text: str, editor: str = "ana") -> None:
    desk.container.lines.reword(desk.article, ES, index, {"text": text}, editor=editor, expected=None)


def report_lines(desk: Desk) -> list[int]:
    kinds = {"title", "paragraph"}
    return [line["index"] for line in desk.container.lines.script(desk.article, ES)["lines"] if line["kind"] in kinds]


def approved(desk: Desk) -> None:
    etag = desk.container.lines.script(desk.article, ES)["etag"]
    with acting(ANA):
        desk.container.lines.approve(desk.article, ES, editor="ana", expected={etag})


def rendered_again(desk: Desk) -> None:
    desk.container.newsroom.rerender(desk.article, languages=[ES])
    desk.work()


def test_a_report_of_which_an_editor_rewrote_every_line_no_longer_counts_as_a_machines(tmp_path: Path) -> None:
    with report_desk(tmp_path) as desk:
        desk.render(ES)
        first, *others = report_lines(desk)
        for index in others:
            reworded(desk, index, f"Frase {index}.")
        assert state(desk) == "machine"
        reworded(desk, first, "Un puerto para Vigo", editor="ben")
        rendered_again(desk)

        episode = desk.episode(ES)
        assert translation_state(episode) is TranslationState.REVIEWED
        assert episode.review is not None
        assert episode.review.editor == "ben"
        assert [text for kind, text in desk.heard(ES) if kind == "disclosure"] == [
            ENGLISH.reviewed_translation,
            ENGLISH.synthetic_voice,
        ]
        assert ENGLISH.reviewed_translation in notes_html(episode)
        assert ENGLISH.machine_translation not in notes_html(episode)


def test_an_editor_may_approve_the_lines_as_they_stand(tmp_path: Path) -> None:
    with report_desk(tmp_path) as desk:
        desk.render(ES)
        approved(desk)
        assert state(desk) == "reviewed"
        rendered_again(desk)

        assert translation_state(desk.episode(ES)) is TranslationState.REVIEWED
        assert desk.container.library.changes(action=Action.TRANSLATION_APPROVED)[0].actor == ANA


def test_a_line_that_changes_after_the_review_ends_it_unless_an_editor_worded_it(tmp_path: Path) -> None:
    with report_desk(tmp_path) as desk:
        desk.render(ES)
        approved(desk)
        reworded(desk, report_lines(desk)[1], "Los transbordadores van llenos.")
        assert state(desk) == "reviewed"
        desk.container.library.drop_wording(desk.article, ES, "The ferries are full in the morning.")
        terms = {"terms": {"ferries": "barcos"}}
        desk.container.lines.put_table("glossaries/en-es", terms, editor="ana", expected=None)
        rendered_again(desk)

        assert translation_state(desk.episode(ES)) is TranslationState.MACHINE
        assert state(desk) == "machine"


def test_a_review_that_is_taken_back_is_not_announced(tmp_path: Path) -> None:
    with report_desk(tmp_path) as desk:
        desk.render(ES)
        approved(desk)
        assert desk.container.lines.unapprove(desk.article, ES)["state"] == "machine"
        rendered_again(desk)

        assert translation_state(desk.episode(ES)) is TranslationState.MACHINE


def test_nobody_approves_what_somebody_else_has_just_changed(tmp_path: Path) -> None:
    with report_desk(tmp_path) as desk:
        desk.render(ES)
        seen = desk.container.lines.script(desk.article, ES)["etag"]
        reworded(desk, report_lines(desk)[1], "Van llenos.")

        with pytest.raises(Outdated):
            desk.container.lines.approve(desk.article, ES, editor="ana", expected={seen})


def test_the_reports_own_words_need_no_review(tmp_path: Path) -> None:
    with report_desk(tmp_path) as desk:
        desk.render(EN)

        with pytest.raises(InputRefused):
            desk.container.lines.approve(desk.article, EN, editor="ana", expected=None)
        assert desk.container.lines.script(desk.article, EN)["translation"]["state"] == "original"


def test_a_reviewed_draft_is_published_where_drafts_are_held(tmp_path: Path) -> None:
    with report_desk(tmp_path, publish_drafts=False) as desk:
        desk.container.translators[0].draft = True  # type: ignore[misc]
        desk.render(ES)
        assert not desk.container.library.episodes()
        approved(desk)
        rendered_again(desk)

        assert desk.episode(ES).draft is False


def test_who_may_not_publish_hands_in_as_held(tmp_path: Path) -> None:
    with report_desk(tmp_path) as desk:
        desk.render(EN, hold=True)
        with pytest.raises(EpisodeUnknown):
            desk.container.library.episode(desk.article, EN)
        (render,) = desk.container.library.renders(desk.article)
        assert "may not publish" in render.languages[EN].warnings[0]

        desk.container.publication.release(desk.article, EN)
        assert desk.episode(EN).title == "A harbour for Vigo"


def test_a_held_revision_leaves_the_published_one_in_its_place(tmp_path: Path) -> None:
    with report_desk(tmp_path) as desk:
        desk.render(ES)
        before = desk.episode(ES).revision
        reworded(desk, report_lines(desk)[1], "Van llenos.")
        desk.container.newsroom.rerender(desk.article, languages=[ES], hold=True)
        desk.work()

        assert desk.episode(ES).revision == before
        assert desk.container.publication.newest(desk.article, ES).revision != before


def test_who_may_publish_and_asks_for_the_same_releases_what_is_being_made(tmp_path: Path) -> None:
    with report_desk(tmp_path) as desk:
        desk.render(EN)
        held = desk.container.newsroom.rerender(desk.article, languages=[ES], hold=True)
        joined = desk.container.newsroom.rerender(desk.article, languages=[ES])
        desk.work()

        assert joined.id == held.id
        assert desk.episode(ES).language == ES


def test_a_language_that_nobody_with_the_right_asked_for_stays_held(tmp_path: Path) -> None:
    """A publisher's render that supersedes an editor's takes over its other languages, and their wait."""
    with report_desk(tmp_path) as desk:
        desk.render(LanguageTag("en"))
        desk.container.newsroom.rerender(desk.article, languages=[ES, EN], hold=True)
        desk.container.library.correct_article(desk.article, {"title": "A harbour for Lugo"}, before=None)
        desk.container.newsroom.rerender(desk.article, languages=[EN])
        desk.work()

        assert desk.episode(EN).title == "A harbour for Lugo"
        assert [each.episode.language for each in desk.container.library.episodes()] == [EN]


def test_a_recording_leaves_the_words_to_their_editor_and_new_words_leave_none_of_it(tmp_path: Path) -> None:
    with report_desk(tmp_path) as desk:
        desk.render(ES)
        lines, index = desk.container.lines, report_lines(desk)[1]
        reworded(desk, index, "Van llenos.")
        lines.record(desk.article, ES, {index: ContentKey("a" * 64)}, editor="ben")
        (worded,) = desk.container.library.wordings(desk.article, ES).values()
        assert (worded.editor, worded.recording) == ("ana", "a" * 64)

        reworded(desk, index, "Van llenos.", editor="eva")
        assert list(desk.container.library.wordings(desk.article, ES).values()) == [worded]
        answer = lines.reword(desk.article, ES, index, {"spoken": "Ban llenos."}, editor="eva", expected=None)
        assert answer["wording"]["recorded"] is False


def test_a_line_that_nobody_recorded_is_not_changed_when_the_voice_is_to_say_it(tmp_path: Path) -> None:
    with report_desk(tmp_path) as desk:
        desk.render(ES)
        index = report_lines(desk)[1]
        reworded(desk, index, "Van llenos.")
        before = desk.container.library.wordings(desk.article, ES)
        desk.container.lines.record(desk.article, ES, {index: None}, editor="ben")
        assert desk.container.library.wordings(desk.article, ES) == before


def test_recordings_of_several_lines_are_kept_together_or_not_at_all(tmp_path: Path) -> None:
    with report_desk(tmp_path) as desk:
        desk.render(ES)
        title, line, *_ = report_lines(desk)
        key, library = ContentKey("a" * 64), desk.container.library
        desk.container.lines.record(desk.article, ES, {title: key, line: key}, editor="ben")
        kept = library.wordings(desk.article, ES)
        stale = {source: replace(wording, editor="eva") for source, wording in list(kept.items())[1:]}
        with pytest.raises(Outdated):
            library.put_wordings(desk.article, ES, dict.fromkeys(kept), before={**kept, **stale})
        assert library.wordings(desk.article, ES) == kept
