"""Every error that a person can see.

    PodcasterError
    ├── InputRefused
    │   ├── SourceEmpty
    │   ├── SourceNotText
    │   ├── SourceTooLarge
    │   ├── NoArticleFound
    │   ├── SourceNotFound
    │   ├── AddressRefused
    │   ├── LanguageUnknown
    │   ├── RequestMalformed
    │   ├── RequestTooSlow
    │   ├── MethodUnfit
    │   ├── LineFixed
    │   ├── RangeUnfit
    │   ├── ModelRefused
    │   └── SettingsWrong
    ├── SourceUnreachable
    ├── AccessRefused
    │   ├── KeyWrong
    │   ├── ScopeMissing
    │   └── SignatureWrong
    ├── NotThere
    │   ├── ArticleUnknown
    │   ├── RenderUnknown
    │   ├── EpisodeUnknown
    │   ├── LineUnknown
    │   ├── ModelUnknown
    │   ├── ListenerUnknown
    │   ├── BlobMissing
    │   │   └── ClipMissing
    │   └── PageUnknown
    ├── Conflict
    │   └── Outdated
    ├── LanguageUnserved
    │   ├── NoTranslationPath
    │   └── NoVoice
    ├── FidelityFailed
    ├── EngineFailed
    │   └── EngineTimedOut
    └── StorageFailed
        └── StorageFull

A message is one line: what happened, then what to do. The class carries what programs need: `code` for problem
documents (RFC 9457), `http_status`, `exit_status` for the command line, and whether trying again may help.
"""

from typing import ClassVar


class PodcasterError(Exception):
    """Something that the person at the other end can understand and mend."""

    code: ClassVar[str] = "failed"
    title: ClassVar[str] = "It did not work"
    http_status: ClassVar[int] = 500
    exit_status: ClassVar[int] = 1
    retryable: ClassVar[bool] = False
    """Whether the same request may succeed later without anybody changing anything."""

    def __init__(self, what: str, remedy: str) -> None:
        """`what` happened and the `remedy`, each one sentence with its full stop."""
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return " ".join(f"{self.what} {self.remedy}".split())


class InputRefused(PodcasterError):
    """What was handed in cannot be used; nothing was kept of it."""

    code = "input-refused"
    title = "The input cannot be used"
    http_status = 422


class SourceEmpty(InputRefused):
    """A report with nothing in it."""

    code = "source-empty"
    title = "The report is empty"


class SourceNotText(InputRefused):
    """A picture, an archive, a program: anything that is not a readable report."""

    code = "source-not-text"
    title = "The report is not text"
    http_status = 415


class SourceTooLarge(InputRefused):
    """More bytes than a report can sensibly have."""

    code = "source-too-large"
    title = "The report is too large"
    http_status = 413


class NoArticleFound(InputRefused):
    """A page without a report on it."""

    code = "no-article-found"
    title = "There is no report on the page"


class SourceNotFound(InputRefused):
    """A file that does not exist or cannot be opened."""

    code = "source-not-found"
    title = "The report cannot be opened"


class AddressRefused(InputRefused):
    """A URL that podcaster will not fetch, or will not fetch from here."""

    code = "address-refused"
    title = "The address is not allowed"


class LanguageUnknown(InputRefused):
    """Not a BCP 47 language tag, or one that no language bears."""

    code = "language-unknown"
    title = "The language is unknown"


class RequestMalformed(InputRefused):
    """A request body or a parameter that does not have the form it should have."""

    code = "request-malformed"
    title = "The request cannot be read"
    http_status = 400


class RequestTooSlow(InputRefused):
    """A request body that did not come in its time."""

    code = "request-too-slow"
    title = "The request took too long to arrive"
    http_status = 408
    retryable = True


class MethodUnfit(InputRefused):
    """A method that the address does not know."""

    code = "method-unfit"
    title = "The address does not do this"
    http_status = 405


class RangeUnfit(InputRefused):
    """A range of a file that begins behind its end."""

    code = "range-unfit"
    title = "The file is shorter than that"
    http_status = 416


class LineFixed(InputRefused):
    """A line whose words are not an editor's to change here."""

    code = "line-fixed"
    title = "This line is not changed here"


class ModelRefused(InputRefused):
    """A translation package that is damaged, dangerous to unpack, or none."""

    code = "model-refused"
    title = "The translation package is not installed"


class SettingsWrong(InputRefused):
    """Settings or a file in voices/ that contradict themselves or cannot be read."""

    code = "settings-wrong"
    title = "The settings are wrong"
    http_status = 500


class SourceUnreachable(PodcasterError):
    """A host that does not answer, answers too slowly, or answers with an error."""

    code = "source-unreachable"
    title = "The report cannot be fetched"
    http_status = 502
    retryable = True


class AccessRefused(PodcasterError):
    """The request does not say who asks, or they may not."""

    code = "access-refused"
    title = "Access is refused"
    http_status = 403


class KeyWrong(AccessRefused):
    """No API key, or one that is unknown or revoked."""

    code = "key-wrong"
    title = "The API key is missing or wrong"
    http_status = 401


class ScopeMissing(AccessRefused):
    """A good API key that does not reach this far."""

    code = "scope-missing"
    title = "The API key does not allow this"


class SignatureWrong(AccessRefused):
    """A request to the Alexa skill that Alexa did not sign for it just now."""

    code = "signature-wrong"
    title = "The request is not signed as it should be"
    http_status = 400


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


class ModelUnknown(NotThere):
    """No translation package of this name is in the index, or installed."""

    code = "model-unknown"
    title = "There is no such translation package"


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


class Conflict(PodcasterError):
    """Somebody else changed it first, or the same key stands for another request."""

    code = "conflict"
    title = "It was changed meanwhile"
    http_status = 409


class Outdated(Conflict):
    """What was to be changed is not any more what the change was made for (RFC 9110 §13.1.1)."""

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


class FidelityFailed(PodcasterError):
    """What would be heard is not what was written; it was not published."""

    code = "fidelity-failed"
    title = "The rendition does not match the report"
    http_status = 422


class EngineFailed(PodcasterError):
    """A translation, speech or audio engine gave an error, or a result that is no result."""

    code = "engine-failed"
    title = "An engine failed"
    http_status = 502
    retryable = True


class EngineTimedOut(EngineFailed):
    """An engine gave no answer in its time; its process was ended."""

    code = "engine-timed-out"
    title = "An engine gave no answer"
    http_status = 504


class StorageFailed(PodcasterError):
    """The store or the database cannot be read or written."""

    code = "storage-failed"
    title = "The store cannot be used"
    http_status = 503
    retryable = True


class StorageFull(StorageFailed):
    """No room is left; what was there is untouched."""

    code = "storage-full"
    title = "The disk is full"
    http_status = 507
