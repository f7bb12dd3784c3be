"""Something outside failed: a host, an engine, the store."""

from podcaster.errors.root import PodcasterError


class SourceUnreachable(PodcasterError):
    """A host that does not answer, answers too slowly, or answers with an error."""

    code = "source-unreachable"
    title = "The report cannot be fetched"
    http_status = 502
    retryable = True


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


class DraftDamaged(PodcasterError):
    """The file of an episode that is held back is not what was written."""

    code = "draft-damaged"
    title = "The draft is damaged"
    http_status = 500


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
