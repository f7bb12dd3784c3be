"""Refused input; nothing of it is kept."""

from podcaster.errors.root import PodcasterError


class InputRefused(PodcasterError):
    """Unusable input; nothing of it was kept."""

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


class SourceNotFeed(InputRefused):
    """The address is neither a feed nor a sitemap."""

    code = "source-not-feed"
    title = "There is no feed"


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
    """A model that is damaged, dangerous to unpack, or none."""

    code = "model-refused"
    title = "The model is not installed"


class VoiceRefused(InputRefused):
    """Files that are damaged, or that no installed engine can speak with."""

    code = "voice-refused"
    title = "The voice is not installed"


class SettingsWrong(InputRefused):
    """Settings or a file in voices/ that contradict themselves or cannot be read."""

    code = "settings-wrong"
    title = "The settings are wrong"
    http_status = 500


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
    """A request that Alexa, or the holder of a hook's secret, did not sign just now."""

    code = "signature-wrong"
    title = "The request is not signed as it should be"
    http_status = 400


class AskedTooOften(PodcasterError):
    """More from one network than an hour allows, or with one key than a minute does."""

    code = "asked-too-often"
    title = "That was asked too often"
    http_status = 429
    retryable = True

    def __init__(self, what: str, remedy: str, *, retry_after_s: int = 3600) -> None:
        """`retry_after_s`: when it may be asked again."""
        super().__init__(what, remedy)
        self.retry_after_s = retry_after_s
