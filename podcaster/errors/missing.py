"""A missing thing: unknown, removed, or not installed."""

from podcaster.errors.root import PodcasterError


class NotThere(PodcasterError):
    """A name that nothing answers to."""

    code = "not-there"
    title = "There is nothing here"
    http_status = 404


class ArticleUnknown(NotThere):
    """No report has this id."""

    code = "article-unknown"
    title = "There is no such report"


class RenderUnknown(NotThere):
    """No render has this id."""

    code = "render-unknown"
    title = "There is no such render"


class EpisodeUnknown(NotThere):
    """The report has no published episode in this language."""

    code = "episode-unknown"
    title = "There is no such episode"


class LineUnknown(NotThere):
    """The script has no line of this number."""

    code = "line-unknown"
    title = "There is no such line"


class PreviewUnknown(NotThere):
    """No preview has this id, or it is older than a day."""

    code = "preview-unknown"
    title = "There is no such preview"


class ModelUnknown(NotThere):
    """No model of this name is in the index, or installed."""

    code = "model-unknown"
    title = "There is no such model"


class VoiceUnknown(NotThere):
    """No voice of this name is in the index."""

    code = "voice-unknown"
    title = "There is no such voice"


class SourceUnknown(NotThere):
    """No source that is watched has this id."""

    code = "source-unknown"
    title = "There is no such source"


class BackfillUnknown(NotThere):
    """No back-fill has this id."""

    code = "backfill-unknown"
    title = "There is no such back-fill"


class HookUnset(NotThere):
    """No secret is set by which a hook would know who calls."""

    code = "hook-unset"
    title = "This hook is not set up"


class ListenerUnknown(NotThere):
    """No listener has this address: it was never given out, or it was changed or deleted."""

    code = "listener-unknown"
    title = "There is no such listener"


class BlobMissing(NotThere):
    """The store holds no blob of this name."""

    code = "blob-missing"
    title = "A stored file is missing"


class ClipMissing(BlobMissing):
    """A clip that an episode names is not in the store, or not whole."""

    code = "clip-missing"
    title = "A clip is missing"


class PageUnknown(NotThere):
    """No page, feed or file at this address."""

    code = "page-unknown"
    title = "There is nothing at this address"


class FileGone(NotThere):
    """A file that was public and was taken down, or that a newer revision replaced (RFC 9110 §15.5.11)."""

    code = "file-gone"
    title = "This file was taken down"
    http_status = 410


class Conflict(PodcasterError):
    """A conflict with another change or another request under the same key."""

    code = "conflict"
    title = "It was changed meanwhile"
    http_status = 409


class Outdated(Conflict):
    """The object changed since the client read it (RFC 9110 §13.1.1)."""

    code = "outdated"
    http_status = 412


class LanguageUnserved(PodcasterError):
    """A real language for which something is not installed."""

    code = "language-unserved"
    title = "This language cannot be made here"
    http_status = 422


class NoTranslationPath(LanguageUnserved):
    """No installed engine translates between two languages."""

    code = "no-translation-path"
    title = "No installed engine translates this pair"


class NoVoice(LanguageUnserved):
    """No installed engine speaks a language."""

    code = "no-voice"
    title = "No installed engine speaks this language"


class NoRecognizer(LanguageUnserved):
    """No installed recognizer hears a language."""

    code = "no-recognizer"
    title = "No installed recognizer hears this language"
