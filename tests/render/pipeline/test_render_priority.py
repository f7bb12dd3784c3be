"""Background renders stand aside at their next line: the order of lines shows it."""

import threading
from itertools import count
from pathlib import Path

from podcaster.adapters.dbos import DbosQueue
from podcaster.ports import RenderJob, Submission
from podcaster.render.pipeline.render_priority import LocalRenderPriority
from podcaster.testing.stages import LoggingStages
from podcaster.units import ArticleId, LanguageTag, RenderId
from podcaster.wiring import Container
from support.quick_container import Made, quick_container
from support.waiting import PATIENCE_S, until

WORKERS = 2


def report(name: str, sentences: int) -> Submission:
    lines = "\n\n".join(f"The {name} number {place} sails to the island in the morning." for place in range(sentences))
    return Submission(body=f"# The {name}\n\n{lines}\n".encode(), name=f"{name}.md")


def of(name: str, lines: list[str]) -> list[str]:
    return [line for line in lines if name in line or name[::-1] in line]


def until_the_last(name: str, lines: list[str]) -> list[str]:
    last = max(place for place, line in enumerate(lines) if of(name, [line]))
    return lines[: last + 1]


def test_after_an_urgent_render_came_at_most_one_more_line_a_place_is_made_before_it_has_ended(tmp_path: Path) -> None:
    """Today's report, though every place is taken by an archive."""
    made = Made(seconds=0.03)
    with (
        quick_container(tmp_path, "en", "es", "ca", made=made, workers=WORKERS) as container,
        container.queue.working(),
    ):
        for name in ("archive one", "archive two"):
            container.newsroom.take_in(report(name, 12), urgent=False)
        until(lambda: len(of("archive", made.lines)) > 2 * WORKERS)
        urgent = container.newsroom.submit(report("harbour", 6))
        since = len(made.lines)
        until(lambda: container.library.render(urgent.id).state.final)
        after = until_the_last("harbour", made.lines[since:])
        assert len(of("harbour", after)) >= 3 * 6, "every line of it, in three languages"
        assert len(of("archive", after)) <= 2 * WORKERS, "one under way for each place to speak and to translate in"
        until(lambda: not container.library.unfinished_renders())
    assert {each.state for each in renders(container)} == {"done"}


def renders(container: Container) -> list[object]:
    return [render for each in container.library.articles() for render in container.library.renders(each.article.id)]


def test_a_long_translation_is_put_down_between_two_few_sentences(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()
    made = Made()

    def hold(line: str) -> None:
        if "translated" in line and "archive" in line:
            begun.set()
            go_on.wait(PATIENCE_S)

    made.act = hold
    with quick_container(tmp_path, "en", "es", made=made, workers=1) as container, container.queue.working():
        container.newsroom.take_in(report("archive", 100), languages=[LanguageTag("es")], urgent=False)
        assert begun.wait(PATIENCE_S)
        urgent = container.newsroom.submit(report("harbour", 3), languages=[LanguageTag("es")])
        go_on.set()
        until(lambda: container.library.render(urgent.id).state.final)
        before = until_the_last("harbour", made.lines)
        assert len([line for line in of("archive", before) if "translated" in line]) == 1
        until(lambda: not container.library.unfinished_renders())
    assert sum(int(line.split()[2].strip(":")) for line in of("archive", made.lines) if "translated" in line) >= 100


def test_an_editor_takes_the_place_of_what_nobody_waited_for(tmp_path: Path) -> None:
    """Joining it would be to wait behind everything that is in front of it."""
    with quick_container(tmp_path, "en") as container:
        patient = container.newsroom.take_in(report("harbour", 3), urgent=False).render
        assert patient is not None
        assert not patient.urgent
        again = container.newsroom.rerender(patient.article, urgent=False)
        assert again.id == patient.id, "nobody waits for either: one is enough"
        urgent = container.newsroom.rerender(patient.article)
        assert (urgent.id == patient.id, urgent.urgent) == (False, True)
        assert container.library.render(patient.id).state == "superseded"
        assert container.newsroom.rerender(patient.article, urgent=False).id == urgent.id
        changed = container.newsroom.take_in(
            Submission(body=report("harbour", 4).body, name="harbour.md", article=patient.article), urgent=False
        )
        assert changed.render is not None
        assert changed.render.urgent, "somebody waits for what it takes the place of"


def test_urgent_languages_have_places_of_their_own(tmp_path: Path) -> None:
    go_on = threading.Event()
    stages = LoggingStages(tmp_path / "log", lambda _, language: language.startswith("slow") and go_on.wait(PATIENCE_S))
    priority = LocalRenderPriority()
    queue = DbosQueue(f"sqlite:///{tmp_path}/q.db", lambda: stages, priority=priority, workers=1, worker_name="here")
    with queue.working():
        queue.submit(job("r1", "slow1", "slow2", "slow3"))
        until(lambda: "begun r1 translate slow1" in stages.read())
        queue.submit(job("r2", "es", "ca", urgent=True))
        until(lambda: "finish" in stages.done("r2"))
        assert stages.done("r1") == ["begin"]
        go_on.set()
        until(lambda: "finish" in stages.done("r1"))
    queue.close()


def job(name: str, *languages: str, urgent: bool = False) -> RenderJob:
    tags = tuple(map(LanguageTag, languages))
    return RenderJob(render=RenderId(name), article=ArticleId("a"), languages=tags, urgent=urgent)


def test_nobody_stands_aside_for_ever_for_what_is_made_elsewhere() -> None:
    ticks = count(0.0, 2.0)
    priority = LocalRenderPriority(timer=lambda: next(ticks))
    with priority.kept():
        priority.expect(RenderId("taken up by another machine"))
        priority.yield_to_urgent()


def test_nobody_stands_aside_where_nobody_works_or_the_work_is_to_end() -> None:
    priority = LocalRenderPriority()
    priority.expect(RenderId("r1"))
    with priority.taken(RenderId("r2")):
        priority.yield_to_urgent()
    passed = threading.Event()
    with priority.kept(), priority.taken(RenderId("r3")):
        waiting = threading.Thread(target=lambda: (priority.yield_to_urgent(), passed.set()))
        waiting.start()
        assert not passed.wait(0.2)
        priority.let_pass()
        assert passed.wait(PATIENCE_S)
        waiting.join()
