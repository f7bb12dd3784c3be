"""Trials of a lexicon's entries: a word is said without and with its entry, and heard."""

from podcaster.errors import NoRecognizer
from podcaster.model import LineKind
from podcaster.proofing.word_trial import HeardWord, WordTrial, heard_word
from podcaster.release import to_install
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.script.lexicon import Lexicon
from podcaster.script.phonetics import as_written
from podcaster.script.spoken import spoken_form
from podcaster.units import LanguageTag

_FRAME = "{word}"


def try_word(word: str, entry: str | None, language: LanguageTag, context: RenderContext) -> WordTrial:
    """Say a word in a sentence of podcaster's own, without and with an entry, and hear both.

    Args:
        word: As it is written.
        entry: The lexicon's spoken form or pronunciation; None: the one that the lexicon has, if any.
        language: The sentence's.
        context: Voices, lexicons and the recognizer.

    Raises:
        NoRecognizer: no recognizer that is here hears the language, or proofing is off.
        NoVoice: no engine that is here speaks it.
        SettingsWrong: the entry is none.
        EngineFailed: an engine gave an error.
    """
    proofreader = context.proofreader
    if proofreader is None or not proofreader.recognizer.recognizes(language):
        raise NoRecognizer(
            f"No recognizer hears {language} here.",
            f"Install one: `{to_install('proofing')}`, `podcaster models install whisper-base`.",
        )
    from podcaster.speech.speaking import speak_line  # noqa: PLC0415 # numpy: most of a service's life needs none

    voice, synthesizer = context.catalogue.choose(language, context.synthesizers)
    phrases = context.phrases(language)
    sentence = f"{phrases.report.rstrip('.')}. {phrases.byline_line([_FRAME])}"
    entry = entry or dict(context.lexicon(language).words).get(word)
    recognizer, pronouncer = proofreader.recognizer, proofreader.pronouncer

    def heard(lexicon: Lexicon) -> HeardWord:
        spoken = spoken_form(sentence.replace(_FRAME, word), LineKind.PARAGRAPH, language, lexicon)
        said = spoken_form(word, LineKind.PARAGRAPH, language, lexicon)
        hearing = recognizer.hear(speak_line(spoken, voice, synthesizer), as_written(spoken), language)
        return heard_word(word, hearing.text, said=said, sentence=sentence, language=language, pronouncer=pronouncer)

    own = Lexicon.from_table(language, {"words": {word: entry}}) if entry else None
    return WordTrial(
        word=word, voice=voice.name, before=heard(Lexicon(language=language)), after=heard(own) if own else None
    )
