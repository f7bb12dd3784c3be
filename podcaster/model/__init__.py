"""Domain values: articles, scripts, clips, episodes, renders, shows. All frozen; none knows how it is stored or sent."""

from podcaster.model.readings import Reading
from podcaster.model.renders import LanguagePlan, LanguageReport, Render, RenderState
from podcaster.model.reports import (
    Article,
    Block,
    BlockKind,
    Chapter,
    Check,
    Clip,
    Cue,
    Episode,
    Line,
    LineKind,
    Rendition,
    Script,
    Voice,
    Wording,
)
from podcaster.model.shows import Show
from podcaster.model.sound import AlternateAudio, AudioFormat, SpokenWord, TimedWords

__all__ = [
    "AlternateAudio",
    "Article",
    "AudioFormat",
    "Block",
    "BlockKind",
    "Chapter",
    "Check",
    "Clip",
    "Cue",
    "Episode",
    "LanguagePlan",
    "LanguageReport",
    "Line",
    "LineKind",
    "Reading",
    "Render",
    "RenderState",
    "Rendition",
    "Script",
    "Show",
    "SpokenWord",
    "TimedWords",
    "Voice",
    "Wording",
]
