"""Every error that a person can see.

    PodcasterError
    ├── InputRefused
    │   ├── SourceEmpty
    │   ├── SourceNotText
    │   ├── SourceTooLarge
    │   ├── NoArticleFound
    │   ├── SourceNotFound
    │   ├── SourceNotFeed
    │   ├── AddressRefused
    │   ├── LanguageUnknown
    │   ├── RequestMalformed
    │   ├── RequestTooSlow
    │   ├── MethodUnfit
    │   ├── LineFixed
    │   ├── RangeUnfit
    │   ├── ModelRefused
    │   ├── VoiceRefused
    │   └── SettingsWrong
    ├── SourceUnreachable
    ├── AskedTooOften
    ├── AccessRefused
    │   ├── KeyWrong
    │   ├── ScopeMissing
    │   └── SignatureWrong
    ├── NotThere
    │   ├── ArticleUnknown
    │   ├── RenderUnknown
    │   ├── EpisodeUnknown
    │   ├── LineUnknown
    │   ├── PreviewUnknown
    │   ├── ModelUnknown
    │   ├── VoiceUnknown
    │   ├── SourceUnknown
    │   ├── BackfillUnknown
    │   ├── HookUnset
    │   ├── ListenerUnknown
    │   ├── BlobMissing
    │   │   └── ClipMissing
    │   ├── PageUnknown
    │   └── FileGone
    ├── Conflict
    │   └── Outdated
    ├── LanguageUnserved
    │   ├── NoTranslationPath
    │   ├── NoVoice
    │   └── NoRecognizer
    ├── EngineFailed
    │   └── EngineTimedOut
    ├── DraftDamaged
    └── StorageFailed
        └── StorageFull

A message is one line: what happened, then what to do. The class carries what programs need: `code` for problem
documents (RFC 9457), `http_status`, `exit_status` for the command line, and whether trying again may help.
"""

from podcaster.errors.failed import (
    DraftDamaged,
    EngineFailed,
    EngineTimedOut,
    SourceUnreachable,
    StorageFailed,
    StorageFull,
)
from podcaster.errors.missing import (
    ArticleUnknown,
    BackfillUnknown,
    BlobMissing,
    ClipMissing,
    Conflict,
    EpisodeUnknown,
    FileGone,
    HookUnset,
    LanguageUnserved,
    LineUnknown,
    ListenerUnknown,
    ModelUnknown,
    NoRecognizer,
    NoTranslationPath,
    NotThere,
    NoVoice,
    Outdated,
    PageUnknown,
    PreviewUnknown,
    RenderUnknown,
    SourceUnknown,
    VoiceUnknown,
)
from podcaster.errors.refused import (
    AccessRefused,
    AddressRefused,
    AskedTooOften,
    InputRefused,
    KeyWrong,
    LanguageUnknown,
    LineFixed,
    MethodUnfit,
    ModelRefused,
    NoArticleFound,
    RangeUnfit,
    RequestMalformed,
    RequestTooSlow,
    ScopeMissing,
    SettingsWrong,
    SignatureWrong,
    SourceEmpty,
    SourceNotFeed,
    SourceNotFound,
    SourceNotText,
    SourceTooLarge,
    VoiceRefused,
)
from podcaster.errors.root import (
    PodcasterError,
)

__all__ = [
    "AccessRefused",
    "AddressRefused",
    "ArticleUnknown",
    "AskedTooOften",
    "BackfillUnknown",
    "BlobMissing",
    "ClipMissing",
    "Conflict",
    "DraftDamaged",
    "EngineFailed",
    "EngineTimedOut",
    "EpisodeUnknown",
    "FileGone",
    "HookUnset",
    "InputRefused",
    "KeyWrong",
    "LanguageUnknown",
    "LanguageUnserved",
    "LineFixed",
    "LineUnknown",
    "ListenerUnknown",
    "MethodUnfit",
    "ModelRefused",
    "ModelUnknown",
    "NoArticleFound",
    "NoRecognizer",
    "NoTranslationPath",
    "NoVoice",
    "NotThere",
    "Outdated",
    "PageUnknown",
    "PodcasterError",
    "PreviewUnknown",
    "RangeUnfit",
    "RenderUnknown",
    "RequestMalformed",
    "RequestTooSlow",
    "ScopeMissing",
    "SettingsWrong",
    "SignatureWrong",
    "SourceEmpty",
    "SourceNotFeed",
    "SourceNotFound",
    "SourceNotText",
    "SourceTooLarge",
    "SourceUnknown",
    "SourceUnreachable",
    "StorageFailed",
    "StorageFull",
    "VoiceRefused",
    "VoiceUnknown",
]
