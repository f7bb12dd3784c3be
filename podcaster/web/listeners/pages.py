"""Pages for listeners: the form to create a podcast, and a listener's own page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from jinja2 import Environment

from podcaster.feed.section import Section, SectionKind
from podcaster.listener.account import Listener
from podcaster.listener.preferences import RATES, Preferences
from podcaster.units import LanguageTag
from podcaster.web.listeners.linked_speakers import SPOKEN_MINUTES
from podcaster.web.listeners.linking_words import linking_words
from podcaster.web.listeners.preview import FeedPreview
from podcaster.web.listeners.submitted_form import TypedFields
from podcaster.web.services import Services
from podcaster.web.site.show_languages import native_name, show_languages
from podcaster.web.site.words import SiteWords, words_for


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option:
    """An option of a form, and whether it is chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """The form of preferences."""

    action: str
    new: bool
    """Whether it creates a podcast."""
    first: Sequence[_Option]
    also: Sequence[_Option]
    topics: Sequence[_Option]
    authors: Sequence[_Option]
    max_minutes: str
    rates: Sequence[_Option]
    voices: Sequence[_Option]
    """No preference, genders, and the current combination; the voices by name follow in `voices_by_name`."""
    voices_by_name: Sequence[tuple[str, Sequence[_Option]]]
    time_zone: str
    morning: str
    """Empty for no daily briefing."""


def new_podcast_page(
    pages: Environment,
    services: Services,
    language: LanguageTag,
    *,
    chosen: Preferences | None = None,
    typed: TypedFields | None = None,
    preview: FeedPreview | None = None,
    fault: str = "",
) -> str:
    """The page that creates a podcast; `fault` is the key of an error message."""
    template = pages.get_template("listeners.html")
    form = _form(services, chosen or Preferences(languages=(language,)), action="/listeners/form", new=True)
    words = words_for(language)
    return template.render(
        show=services.show(language),
        words=words,
        form=_retyped(form, typed),
        preview=preview,
        fault=getattr(words, fault) if fault else "",
    )


def listener_page(
    pages: Environment,
    services: Services,
    listener: Listener,
    own: Mapping[str, str],
    *,
    chosen: Preferences | None = None,
    typed: TypedFields | None = None,
    said: str = "",
    alert: bool = False,
    spoken: str = "",
) -> str:
    """A listener's own page.

    `chosen` and `typed` replace the stored preferences in the form. `said` is the key of a message, shown as an error if
    `alert`. `spoken` is a code to read out to a speaker.
    """
    language = listener.preferences.languages[0]
    path = own["url"].removeprefix(services.base_url)
    words = words_for(language)
    form = _form(services, chosen or listener.preferences, action=f"{path}/form", new=False)
    return pages.get_template("listener.html").render(
        show=services.show(language),
        words=words,
        own=own,
        path=path,
        linking=linking_words(language) if services.speaker else None,
        form=_retyped(form, typed),
        said=getattr(words, said) if said and not alert else "",
        fault=getattr(words, said) if said and alert else "",
        spoken=spoken,
        spoken_minutes=SPOKEN_MINUTES,
    )


def _retyped(form: _Form, typed: TypedFields | None) -> _Form:
    if typed is None:
        return form
    return replace(
        form,
        max_minutes=typed.max_minutes,
        rates=[replace(each, chosen=each.value == typed.rate) for each in form.rates],
        time_zone=typed.time_zone,
        morning=typed.morning,
    )


def _form(services: Services, chosen: Preferences, *, action: str, new: bool) -> _Form:
    shown = list(dict.fromkeys([*chosen.languages, *show_languages(services)]))
    sections = services.library.sections(language=chosen.languages[0])
    voices = {tag: services.voices(tag) for tag in shown}
    words = words_for(chosen.languages[0])
    return _Form(
        action=action,
        new=new,
        first=[_language(each, chosen.languages[:1]) for each in shown],
        also=[_language(each, chosen.languages[1:]) for each in shown],
        topics=_options(sections, SectionKind.TOPIC, chosen.topics),
        authors=_options(sections, SectionKind.AUTHOR, chosen.authors),
        max_minutes=str(chosen.max_minutes or ""),
        rates=[_Option(value=str(each), label=f"{each} ×", chosen=each == chosen.rate) for each in RATES],
        voices=_voice_options(chosen, words, {each.gender for spoken in voices.values() for each in spoken}),
        voices_by_name=[
            (
                native_name(tag),
                [_Option(value=each.name, label=each.name, chosen=chosen.voice == (each.name,)) for each in spoken],
            )
            for tag, spoken in voices.items()
            if len(spoken) > 1
        ],
        time_zone=chosen.time_zone or "",
        morning=chosen.morning or "",
    )


def _voice_options(chosen: Preferences, words: SiteWords, genders: Collection[str]) -> Sequence[_Option]:
    """Options for a voice without a name. A combination set by a program is kept as an option of its own."""
    labels = {"": words.usual_voice, "female": words.female_voice, "male": words.male_voice}
    options = [
        _Option(value=each, label=label, chosen=",".join(chosen.voice) == each)
        for each, label in labels.items()
        if not each or each in genders or chosen.voice == (each,)
    ]
    if len(chosen.voice) > 1:
        options.append(_Option(value=",".join(chosen.voice), label=", ".join(chosen.voice), chosen=True))
    return options


def _language(tag: LanguageTag, chosen: Collection[LanguageTag]) -> _Option:
    return _Option(value=tag, label=native_name(tag), chosen=tag in chosen)


def _options(sections: Sequence[Section], kind: SectionKind, chosen: Sequence[str]) -> Sequence[_Option]:
    """Sections with episodes in the listener's language, and chosen ones that exist only in another."""
    labels = {each.slug: each.label for each in sections if each.kind is kind}
    labels = {slug: slug for slug in chosen if slug not in labels} | labels
    return [_Option(value=slug, label=label, chosen=slug in chosen) for slug, label in labels.items()]
