"""Editors' renders do the least: they join what is under way, supersede what is out of date, and stop."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from podcaster.adapters.espeak import EspeakSynthesizer
from podcaster.errors import Conflict, EngineFailed, EpisodeUnknown, InputRefused, Outdated
from podcaster.model import RenderState, Voice, Wording
from podcaster.ports import EditorsTable, RenderJob, Submission
from podcaster.render.editing.impact import LineSearch
from podcaster.render.editing.newsroom import RenderRequests
from podcaster.settings import Settings
from podcaster.speech.synthesizer import Speech
from podcaster.units import ArticleId, LanguageTag, RenderId
from podcaster.wiring import Container, now
from support.databases import data_folder
from support.quick_voices import quick_voices
from support.waiting import until

ES, EN = LanguageTag("es"), LanguageTag("en")
REPORT = b"# A harbour for Vigo\n\nThe ferries are full in the morning.\n\nA vote is planned for the autumn.\n"


class Shelved:
    """A queue that nobody works on; it remembers what it was asked."""

    def __init__(self) -> None:
        self.submitted: list[RenderJob] = []
        self.cancelled: list[RenderId] = []

    def submit(self, job: RenderJob) -> None:
        self.submitted.append(job)

    def cancel(self, render: RenderId) -> None:
        self.cancelled.append(render)


def drafts(folder: Path) -> Settings:
    """A container whose Spanish is a draft, which is not published unasked."""
    return Settings(data=data_folder(folder / "data"), voices=quick_voices(), languages="en,es", publish_drafts=False)  # type: ignore[arg-type]


@pytest.fixture
def container(tmp_path: Path) -> Iterator[Container]:
    made = Container(drafts(tmp_path))
    yield made
    made.close()


@pytest.fixture
def desk(container: Container) -> RenderRequests:
    ids = count(1)
    return replace(container.newsroom, queue=Shelved(), new_id=lambda: f"r{next(ids)}")  # type: ignore[arg-type]


def handed_in(desk: RenderRequests, body: bytes = REPORT) -> ArticleId:
    return desk.submit(Submission(body=body, name="report.md")).article


def carried_out(container: Container, desk: RenderRequests) -> None:
    """Every job, as a worker does it."""
    for job in desk.queue.submitted:  # type: ignore[attr-defined]
        container.stages.begin(job)
        for language in job.languages:
            for stage in (
                container.stages.translate,
                container.stages.speak,
                container.stages.assemble,
                container.stages.publish,
            ):
                stage(job, language)
        container.stages.finish(job)
    desk.queue.submitted.clear()  # type: ignore[attr-defined]


def reworded(container: Container, article: ArticleId) -> None:
    full = "The ferries are full in the morning."
    wording = Wording(
        article=article, language=ES, source=full, changed=now(), editor="e", text="Van llenos.", spoken=None
    )
    container.library.put_wording(wording)


def test_a_key_of_another_request_changes_nothing(container: Container, desk: RenderRequests) -> None:
    """A program that uses a key twice by mistake is told so; it does not change a report that nobody renders then."""

    def hand_in(body: bytes, *languages: LanguageTag) -> RenderId:
        return desk.submit(Submission(body=body, name="report.md"), languages=languages, idempotency_key="k").id

    first = hand_in(REPORT)
    carried_out(container, desk)
    assert hand_in(REPORT) == first
    for body, languages in ((REPORT + b"\nThe town pays for it.\n", ()), (REPORT, (ES,))):
        with pytest.raises(Conflict, match="another request"):
            hand_in(body, *languages)
    article = container.library.render(first).article
    assert "The town pays" not in str(container.library.article(article).article.body)
    with pytest.raises(Conflict, match="another request"):
        desk.rerender(article, idempotency_key="k")


def test_the_same_asked_for_again_joins_what_is_under_way(container: Container, desk: RenderRequests) -> None:
    article = handed_in(desk)
    assert desk.rerender(article).id == "r1"
    assert desk.rerender(article, languages=[ES]).id == "r1"
    assert handed_in(desk) == article
    assert [render.id for render in container.library.renders(article)] == ["r1"]


def test_a_publisher_joins_a_held_render_only_while_all_that_is_wanted_can_still_be_published(
    container: Container, desk: RenderRequests
) -> None:
    held = desk.submit(Submission(body=REPORT, name="report.md"), hold=True)
    assert desk.rerender(held.article, languages=[ES]).id == held.id  # released, while nothing is made yet
    made = container.library.render(held.id).languages[EN]
    container.library.note_language(held.id, EN, replace(made, state=RenderState.DONE))
    wanted = desk.rerender(held.article, languages=[EN])
    assert wanted.id != held.id
    assert container.library.render(held.id).state is RenderState.SUPERSEDED
    assert not container.library.render(wanted.id).languages[EN].held


def test_what_has_changed_takes_the_place_of_what_is_under_way_and_its_unfinished_languages(
    container: Container, desk: RenderRequests
) -> None:
    article = handed_in(desk)
    reworded(container, article)
    newer = desk.rerender(article, languages=[ES])
    assert list(newer.languages) == [ES, EN]
    older = container.library.render(RenderId("r1"))
    assert older.state is RenderState.SUPERSEDED
    assert {each.state for each in older.languages.values()} == {RenderState.SUPERSEDED}
    assert desk.queue.cancelled == ["r1"]  # type: ignore[attr-defined]
    assert container.stages.cancelled(RenderJob(render=older.id, article=article, languages=(ES,)))


@pytest.mark.parametrize(
    ("table", "content"),
    [
        ("glossaries/en-es", {"terms": {"vote": "escrutinio"}}),
        ("lexicons/es", {"words": {"Vigo": "Bigo"}}),
        ("lexicons/es/ferries", {"words": {"Vigo": "Bigo"}}),
    ],
)
def test_a_settled_term_or_word_is_a_change(
    container: Container, desk: RenderRequests, table: str, content: dict[str, object]
) -> None:
    article = handed_in(desk, b"---\ntopics: [Ferries]\n---\n" + REPORT)
    put = EditorsTable(name=table, content=content, changed=now(), editor="e")
    container.library.put_editors_table(put, before=None)
    assert desk.rerender(article).id == "r2"
    assert container.library.render(RenderId("r1")).state is RenderState.SUPERSEDED


def test_languages_that_nothing_under_way_makes_go_beside_it(container: Container, desk: RenderRequests) -> None:
    article = desk.submit(Submission(body=REPORT, name="report.md"), languages=[EN]).article
    assert desk.rerender(article, languages=[ES]).id == "r2"
    assert {each.state for each in container.library.renders(article)} == {RenderState.QUEUED}


def test_many_at_once_who_ask_for_the_same_share_one_render(container: Container, desk: RenderRequests) -> None:
    article = handed_in(desk)
    carried_out(container, desk)
    ids: list[str] = []
    crowd = [threading.Thread(target=lambda: ids.append(desk.rerender(article).id)) for _ in range(12)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert len(set(ids)) == 1


def test_the_plan_says_what_is_then_done_and_does_nothing_itself(container: Container, desk: RenderRequests) -> None:
    article = handed_in(desk)
    first = desk.plan(article)
    assert first == desk.plan(article)
    assert (first[ES].reused, first[EN].reused) == (0, 0)
    assert first[ES].spoken == first[ES].lines > 3
    carried_out(container, desk)
    made = container.library.render(RenderId("r1")).languages[ES]
    assert (first[ES].translated, first[ES].spoken) == (made.translated, made.spoken)
    again = desk.plan(article)[ES]
    assert (again.translated, again.spoken, again.reused) == (0, 0, again.lines)
    reworded(container, article)
    assert (desk.plan(article)[ES].spoken, desk.plan(article)[EN].spoken) == (1, 0)


def test_a_plan_says_which_language_cannot_be_made(desk: RenderRequests) -> None:
    plan = desk.plan(handed_in(desk), languages=[LanguageTag("eu")])
    assert plan[LanguageTag("eu")].error.startswith("no-translation-path: ")


def test_a_render_that_is_stopped_says_so_for_every_language(container: Container, desk: RenderRequests) -> None:
    article = handed_in(desk)
    desk.cancel(RenderId("r1"))
    stopped = container.library.render(RenderId("r1"))
    assert {stopped.state, *(each.state for each in stopped.languages.values())} == {RenderState.CANCELLED}
    assert desk.rerender(article).id == "r2"


class Stuck:
    """An engine that says nothing until it is told to stop, and then fails as one whose process was ended."""

    name = "espeak"
    version = "stuck"
    deterministic = True
    neural = False

    def __init__(self) -> None:
        self.begun, self.told = threading.Event(), threading.Event()

    def has(self, voice: Voice) -> bool:
        return voice.engine == self.name

    def voice_version(self, _voice: Voice) -> str:
        return self.version

    def speak(self, text: str, voice: Voice) -> Speech:
        self.begun.set()
        assert self.told.wait(60), (text, voice)
        raise EngineFailed("It was ended.", "Render again.")

    def interrupt(self, _voice: Voice) -> None:
        self.told.set()


def test_a_render_that_is_stopped_stops_in_the_middle_of_a_sentence(container: Container, desk: RenderRequests) -> None:
    handed_in(desk)
    stuck = Stuck()
    stages = replace(container.stages, context=replace(container.edited_context, synthesizers={"espeak": stuck}))
    (job,) = desk.queue.submitted  # type: ignore[attr-defined]
    stages.translate(job, EN)
    speaking = threading.Thread(target=stages.speak, args=(job, EN))
    speaking.start()
    assert stuck.begun.wait(60)
    desk.cancel(job.render)
    speaking.join(60)
    assert not speaking.is_alive()
    assert stuck.told.is_set()
    assert container.library.render(job.render).languages[EN].state is RenderState.CANCELLED


def test_espeak_stops_in_the_middle_of_a_sentence_and_speaks_the_next_one() -> None:
    voice = Voice(language=EN, name="en", engine="espeak", engine_voice="en")
    with EspeakSynthesizer() as espeak, ThreadPoolExecutor(1) as thread_pool:
        espeak.speak("Ready.", voice)
        speaking = thread_pool.submit(espeak.speak, "The ferries are full in the morning, " * 2_000, voice)
        while not speaking.done():
            time.sleep(0.1)
            espeak.interrupt(voice)
        with pytest.raises(EngineFailed, match="told to stop"):
            speaking.result()
        assert len(espeak.speak("Ready.", voice).samples)


def test_a_term_and_a_word_say_which_lines_they_would_change(container: Container, desk: RenderRequests) -> None:
    article = handed_in(desk)
    carried_out(container, desk)
    search = container.web_services().search
    term = search.uses("vote", ES, source=EN)
    assert [(use["article"], len(use["lines"])) for use in term["uses"]] == [(article, 1)]
    assert term["lines"] == 1
    assert search.uses("vote", ES, source=ES)["uses"] == []
    assert search.uses("harb", EN)["lines"] == 0
    assert search.uses("Vigo", EN)["lines"] >= 1


def test_an_episode_is_published_when_its_time_has_come_and_not_before(
    container: Container, desk: RenderRequests
) -> None:
    article = handed_in(desk)
    carried_out(container, desk)
    at = now() + timedelta(hours=1)
    container.publication.schedule(article, ES, at, editor="e")
    container.scheduler.publish_due()
    assert ES not in {each.episode.language for each in container.library.episodes(article=article)}
    later = replace(container.scheduler, clock=lambda: at + timedelta(seconds=1))
    later.publish_due()
    assert ES in {each.episode.language for each in container.library.episodes(article=article)}
    assert container.publication.scheduled(article) == []
    generation = container.library.generation()
    later.publish_due()
    assert container.library.generation() == generation


def test_what_is_scheduled_is_not_published_early_by_a_render(tmp_path: Path) -> None:
    container = Container(drafts(tmp_path))
    desk = replace(container.newsroom, queue=Shelved())  # type: ignore[arg-type]
    article = handed_in(desk)
    carried_out(container, desk)
    container.publication.schedule(article, ES, now() + timedelta(hours=1), editor="e")
    generous = replace(container.publication, publish_drafts=True)
    warnings = generous.offer(generous.newest(article, ES))
    assert [each.startswith("It is scheduled for ") for each in warnings] == [True]
    container.publication.release(article, ES)
    assert container.publication.scheduled(article) == []
    container.close()


def test_a_time_that_is_past_and_an_episode_that_is_not_there_are_refused(
    container: Container, desk: RenderRequests
) -> None:
    article = handed_in(desk)
    with pytest.raises(EpisodeUnknown):
        container.publication.schedule(article, ES, now() + timedelta(hours=1), editor="e")
    with pytest.raises(InputRefused):
        container.publication.schedule(article, ES, now() - timedelta(seconds=1), editor="e")
    with pytest.raises(EpisodeUnknown):
        container.publication.unschedule(article, ES)


def test_the_timetable_is_kept_while_the_service_runs(container: Container, desk: RenderRequests) -> None:
    article = handed_in(desk)
    carried_out(container, desk)
    container.publication.schedule(article, ES, now() + timedelta(seconds=0.2), editor="e")
    with container.scheduler.running():
        until(lambda: not container.publication.scheduled(article))
    assert container.library.episode(article, ES).episode.article == article


def test_a_report_is_added_as_it_was_read_only_if_nobody_changed_it_since(
    container: Container, desk: RenderRequests
) -> None:
    previews = replace(container.previews, newsroom=desk)
    seen = previews.read(Submission(body=REPORT, name="report.md"))
    previews.add(seen.id, {"title": "A harbour for Porto"})
    previews.add(seen.id, {"title": "A harbour for Porto"})  # the same once more
    stale = previews.read(Submission(body=REPORT, name="report.md"))
    container.library.correct_article(seen.article.id, {"title": "A harbour for Vigo, again"}, before=None)
    with pytest.raises(Outdated):
        previews.add(stale.id, {"title": "A harbour"})
    assert container.library.article(seen.article.id).article.title == "A harbour for Vigo, again"


def test_a_few_hundred_entries_are_weighed_at_once_and_fewer_expressions(container: Container) -> None:
    search = LineSearch(library=container.library, blobs=container.blobs, newest=container.publication.newest)
    search.impact([f"word {number}" for number in range(300)], ES)
    with pytest.raises(InputRefused, match="too many"):
        search.impact([f"/word{number}+/" for number in range(51)], ES)
