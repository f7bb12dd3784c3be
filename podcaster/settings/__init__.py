"""One Settings object, from `PODCASTER_*` in the environment and from podcaster.toml; the environment wins."""

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import BeforeValidator, ConfigDict, Field, ValidationError

from podcaster.errors import SettingsWrong
from podcaster.settings.brand import BrandSettings
from podcaster.settings.values import Hub, Networks, Tag, Url, VoiceRule, Words, bare, by_language, listed

PREFIX = "PODCASTER_"
FILE_NAME = "podcaster.toml"
_NOT_SETTINGS = frozenset({"CONFIG", "REWRITE_GOLDEN", "KEY", "WEB_SOCKET", "SOAK_READS"})
"""Names that begin with the prefix and mean something to others than Settings."""


class Settings(BrandSettings):
    """Everything an operator can set. docs/settings.md has a line for each; a test holds that."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = Field(default_factory=lambda: platformdirs.user_data_path("podcaster"))
    """Folder for everything that is kept, unless one of the next two points elsewhere."""
    database_url: str = ""
    """SQLAlchemy URL; empty: a SQLite file in `data`."""
    storage_url: str = ""
    """Blob store: a folder, `s3://…`, `gs://…`, `az://…`; empty: a folder in `data`."""
    snapshot: Path | None = None
    """Folder in which `serve` keeps the public feeds as plain files, for a web server in front; empty: none."""
    base_url: Url = "http://127.0.0.1:8000"
    """Public base URL of the service; stands in every feed."""
    host: str = "127.0.0.1"
    """Address that `serve` listens on."""
    port: int = Field(default=8000, ge=0, le=65535)
    metrics_port: int = Field(default=0, ge=0, le=65535)
    """Port of `host` on which `serve` and `worker` answer Prometheus apart from the public; 0: none."""
    trusted_proxies: Networks = ()
    """Addresses or networks of proxies whose X-Forwarded-For is believed, such as 10.1.0.0/16; empty: none."""
    web_workers: int = Field(default=1, ge=1, le=64)
    """Processes that answer; renders are made in the first."""
    languages: Annotated[tuple[Tag, ...], BeforeValidator(listed), Field(min_length=1)] = (
        "en",
        "es",
        "pt-BR",
        "ca",
        "gl",
    )
    """Languages that every report is rendered into."""
    voices: Path | None = None
    """Folder with voices, lexicons and glossaries; empty: the ones that came with podcaster."""
    argos_packages: Path | None = None
    """Folder with installed Argos packages; empty: one in `data`."""
    argos_index: Annotated[str, BeforeValidator(bare), Field(pattern=r"^(https?://[^\s]+)?$")] = ""
    """URL of the index that `podcaster models` looks into; empty: argostranslate's own."""
    argos_beam: int = Field(default=4, ge=1, le=16)
    """Beam size: hypotheses that a neural model keeps at each word."""
    argos_compute_type: str = Field(default="default", pattern=r"^[a-z0-9_]{1,20}$")
    """CTranslate2's compute type: `default`, `int8`, `float32` …"""
    argos_threads: int = Field(default=0, ge=0, le=256)
    """Batches translated at the same time, a thread each; 0: as `workers`."""
    argos_device: Literal["cpu", "cuda", "auto"] = "cpu"
    """The device that computes."""
    bergamot_models: Path | None = None
    """Folder with installed Firefox Translations models; empty: one in `data`."""
    bergamot_index: Annotated[str, BeforeValidator(bare), Field(pattern=r"^(https?://[^\s]+)?$")] = ""
    """URL of an index of Firefox Translations models that `podcaster models` looks into; empty: `model_index`."""
    model_index: Annotated[str, BeforeValidator(bare), Field(pattern=r"^(https?://[^\s]+)?$")] = ""
    """URL of an index of translation models of every kind that `podcaster models` looks into; empty: none."""
    bergamot_threads: int = Field(default=0, ge=0, le=64)
    """Processes that translate with such models at the same time, 83 MB each; 0: as `workers`."""
    language_model_url: Annotated[str, BeforeValidator(bare), Field(pattern=r"^(https?://[^\s]+)?$")] = ""
    """An OpenAI-compatible endpoint of your own that translates, before all others; empty: none."""
    language_model: str = Field(default="default", min_length=1, max_length=200)
    """The model that is asked for there."""
    language_model_key: str = ""
    """Its API key, where it wants one."""
    libretranslate_url: Annotated[str, BeforeValidator(bare), Field(pattern=r"^(https?://[^\s]+)?$")] = ""
    """A LibreTranslate server of your own, asked where no Argos package serves; empty: none."""
    libretranslate_key: str = ""
    """API key of that server, if it requires one."""
    memory_days: int = Field(default=365, ge=1, le=36_500)
    """Days that a translation is kept; `podcaster prune` deletes older ones."""
    memory_bytes: int = Field(default=200_000_000, ge=0)
    """Bytes of translations that are kept; `podcaster prune` deletes the oldest beyond that."""
    keep_feeds_hours: float = Field(default=1, ge=0.1, le=100_000)
    """Hours that a replaced version of a feed is kept."""
    keep_work_hours: float = Field(default=24, ge=1, le=100_000)
    """Hours that the intermediate results of a render that was cancelled or superseded are kept."""
    keep_revisions_hours: float = Field(default=24, ge=0, le=100_000)
    """Hours that the files of a replaced revision can still be downloaded."""
    keep_drafts_days: float = Field(default=30, ge=0, le=36_500)
    """Days that a held draft is kept after a newer one replaced it."""
    keep_removed_days: float = Field(default=30, ge=0, le=36_500)
    """Days that the files of a removed report are kept; nobody can download them meanwhile."""
    keep_clips_days: float = Field(default=365, ge=1, le=36_500)
    """Days that a clip of no episode is kept; `podcaster prune` deletes older ones."""
    publish_flagged: bool = True
    """Whether a language with a failed check is published; otherwise it waits for an editor."""
    quick_voice: bool = False
    """Whether a new report is published in a quick voice first where the good one takes minutes, and replaced when that is ready."""
    proof: Literal["off", "flagged", "all"] = "all"
    """New clips that a speech recognizer hears: none, those of lines that fail a check, or all."""
    recognizer: Path | None = None
    """Folder of the recognizer's model; empty: `whisper-base` in `recognizers` in `data`."""
    proof_threads: int = Field(default=0, ge=0, le=256)
    """Clips heard at the same time, a thread each; 0: as `workers`."""
    proof_other_voices: bool = False
    """Whether a line that the voice cannot say so that it is understood is said by the next voice of the language."""
    proof_shown: bool = False
    """Whether pages say which share of an episode's words a recognizer heard as written."""
    piper_voices: Path | None = None
    """Folder with Piper voices (`NAME.onnx` and `NAME.onnx.json`); empty: `piper` in `voices`, then in `data`."""
    piper_index: Annotated[str, BeforeValidator(bare), Field(pattern=r"^(https?://[^\s]+)?$")] = ""
    """URL of the `voices.json` that `podcaster voices install` looks into; empty: Piper's own."""
    kokoro_model: Path | None = None
    """Folder with Kokoro's model, as `podcaster voices install kokoro` fills it; empty: `kokoro` in `data`."""
    kokoro_device: Literal["cpu", "cuda", "auto"] = "cpu"
    """Device that Kokoro runs on; `cuda` needs onnxruntime-gpu in place of onnxruntime."""
    speech_server_url: Annotated[str, BeforeValidator(bare), Field(pattern=r"^(https?://[^\s/]+[^\s]*)?$")] = ""
    """A speech server with OpenAI's API, which voices of the engine `openai` speak by; empty: none."""
    speech_server_key: str = ""
    """Its API key, where it wants one."""
    speech_server_model: str = Field(default="tts-1", min_length=1, max_length=200)
    """Its model."""
    speech_server_calls_per_minute: int = Field(default=60, ge=1, le=6_000)
    """Calls of the speech server a minute, at most."""
    network_voices: bool = False
    """Whether voices that send text to an online service (gTTS) may be used."""
    gtts_endpoint: Annotated[str, BeforeValidator(bare), Field(pattern=r"^(https?://[^\s/]+)?$")] = ""
    """Origin that gTTS asks; empty: the service itself."""
    gtts_calls_per_minute: int = Field(default=60, ge=1, le=6_000)
    """Calls a minute to the service, each of 100 characters at most."""
    publish_drafts: bool = False
    """Whether draft machine translations are published; otherwise they wait for an editor."""
    jingles: Annotated[Words, Field(max_length=2)] = ()
    """Jingles at the start and the end of an episode: a file's path, or a name in `voices/jingles`."""
    voice_rules: Annotated[tuple[VoiceRule, ...], BeforeValidator(listed)] = ()
    """Voices for quotes (`quote=male`), an author's reports (`author:Jane Doe=NAME`) and a topic (`topic:energy=female`)."""
    formats: Annotated[tuple[Literal["mp3", "m4a", "opus"], ...], BeforeValidator(listed)] = ("mp3",)
    """In which forms an episode's audio is offered; MP3 always, AAC (`m4a`) and Opus beside it."""
    workers: int = Field(default=0, ge=0, le=256)
    """Lines made at the same time; 0: one a core."""
    worker_name: str = ""
    """Tells this worker's unfinished work from that of other machines; empty: the machine's name."""
    signing_certificate: Path | None = None
    """PEM file with the certificate that audio files are signed with (C2PA), and those that issued it; empty: unsigned."""
    signing_key: Path | None = None
    """PEM file with its private key."""
    signing_timestamp_url: Annotated[str, Field(pattern=r"^(https?://[^\s]+)?$")] = ""
    """Time-stamp authority (RFC 3161), so that signatures outlive the certificate; empty: none."""
    worker_engines: Words = ()
    """Speech engines that this worker keeps to, such as `kokoro`; their languages go to no other worker. Empty: to none."""
    allow_loopback: bool = False
    """Whether reports may be fetched from this machine itself; for development."""
    allowed_networks: Networks = ()
    """Private networks, such as 10.1.0.0/16, that reports may be fetched from all the same."""
    source_delay_s: float = Field(default=1.0, ge=0, le=60)
    """Seconds between two requests to the host of a watched source."""
    backfill_renders: int = Field(default=8, ge=1, le=1_000)
    """Renders of one back-fill that are in the queue at a time."""
    hook_secret: str = ""
    """Secret that signs calls of the hooks, 16 characters or more; empty: no hooks."""
    max_upload_bytes: int = Field(default=10_000_000, ge=1_000)
    """Longest report that is accepted."""
    shortest_report: Annotated[dict[str, Annotated[int, Field(ge=1, le=100_000)]], BeforeValidator(by_language)] = (
        Field(default_factory=lambda: {"default": 60, "Hani": 25, "Hira": 40, "Kana": 40, "Hang": 40})
    )
    """Letters that a page's report has at the least, by ISO 15924 script: `default=60; Hani=25`. A file needs a third of that."""
    listeners_per_hour: int = Field(default=60, ge=1)
    """Private feeds that may be made from one network address within an hour."""
    reads_per_minute: int = Field(default=6_000, ge=0, le=1_000_000)
    """Requests that only read, with one API key; 0: no limit."""
    changes_per_minute: int = Field(default=600, ge=0, le=1_000_000)
    """Requests that change something, with one API key; 0: no limit."""
    wrong_keys_per_minute: int = Field(default=20, ge=0, le=1_000_000)
    """Requests with a wrong API key from one network address; 0: no limit."""
    alexa_skill_id: str = ""
    """Id of the Alexa skill that this service answers for, `amzn1.ask.skill.…`; empty: none."""
    alexa_roots: Path | None = None
    """PEM file of the roots that Alexa's signatures may lead to; empty: certifi's."""
    alexa_chains: Path | None = None
    """Folder of signing chains, named by the last part of their URL's path, looked up before fetching; empty: none."""
    alexa_client_id: str = Field(default="", max_length=200, pattern=r"^[!-~]*$")
    """Name by which Alexa asks to link accounts; empty: accounts are linked by voice alone."""
    alexa_client_secret: str = ""
    """Its secret, 32 characters or more."""
    alexa_vendor_id: str = Field(default="", pattern=r"^[A-Za-z0-9]*$")
    """Yours at Amazon: allows Alexa's three redirect addresses."""
    alexa_redirect_uris: Words = ()
    """Redirect addresses that are allowed besides, to the letter."""
    assistants: bool = False
    """Whether assistants find reports at /mcp (Model Context Protocol); needs the extra `assistants`."""
    statistics_prefix: Annotated[str, BeforeValidator(bare), Field(pattern=r"^(https?://[^\s/]+[^\s]*)?$")] = ""
    """Prefix of the audio URLs in public feeds, as `https://op3.dev/e`; empty: none."""
    count_downloads: bool = True
    """Whether downloads are counted, for `podcaster downloads`."""
    development: bool = False
    """Whether `/styleguide` is served, for work on the pages."""
    websub_hubs: Annotated[tuple[Hub, ...], BeforeValidator(listed)] = ()
    """WebSub hubs that are told when a public feed changes; feeds name them."""
    purge_url: Annotated[str, Field(pattern=r'^(https?://[^\s<>"]+)?$')] = ""
    """URL of a CDN's purge, told the cache key of what is taken down or replaced; empty: none."""
    purge_header: Annotated[str, Field(pattern=r"^([A-Za-z0-9-]+:[ -~]+)?$", max_length=1000)] = ""
    """Header that authorizes a purge, as `Fastly-Key: …`."""
    show_title: str = Field(default="Reports", min_length=1, max_length=200)
    show_titles: Annotated[
        dict[Tag, Annotated[str, Field(min_length=1, max_length=200)]], BeforeValidator(by_language)
    ] = Field(default_factory=dict)
    """Titles in other languages, by their tags; a language without one has `show_title`."""
    show_description: str = "Every report, read aloud."
    show_author: str = "podcaster"
    disclosure: Literal["opening", "closing", "off"] = "opening"
    """Place in an episode of the line that its voice is synthetic and its translation a machine's; drafts are always announced."""
    disclosure_wordings: Annotated[
        dict[Tag, Annotated[str, Field(min_length=1, max_length=300)]], BeforeValidator(by_language)
    ] = Field(default_factory=dict)
    """Wording of that line, by language; a language without one uses its phrase in `voices`."""
    show_email: str = "podcasts@example.com"
    show_license: str = Field(default="", max_length=128)
    """Licence of the show: an SPDX identifier such as `cc-by-4.0`, or a name; empty: none is stated."""
    show_license_url: Annotated[str, Field(pattern=r"^(https?://[^\s]+)?$")] = ""
    """URL of a custom licence."""
    show_image: str = ""
    """URL of the cover, 1400 to 3000 pixels square (Apple); empty: none."""
    report_pictures: bool = False
    """Whether pages and players show reports' own pictures, which are fetched when an episode is made."""


def load(environment: Mapping[str, str], folder: Path) -> Settings:
    """Settings from an environment and from podcaster.toml in `folder`, or from the file that PODCASTER_CONFIG names.

    Raises:
        SettingsWrong: names every fault at once, with what to write instead.
    """
    named = environment.get(f"{PREFIX}CONFIG")
    file = Path(named) if named else folder / FILE_NAME
    values = {key: (value, str(file)) for key, value in _from_file(file, required=bool(named)).items()}
    for variable, text in environment.items():
        key = variable.removeprefix(PREFIX)
        if key != variable and key not in _NOT_SETTINGS and text != "":
            values[key.lower()] = (text, variable)
    try:
        return Settings.model_validate({key: value for key, (value, _) in values.items()})
    except ValidationError as error:
        faults = [_fault(detail["loc"], detail["type"], detail["msg"], values) for detail in error.errors()]
        raise SettingsWrong("; ".join(faults) + ".", "docs/settings.md lists every setting.") from error


def _from_file(file: Path, *, required: bool) -> Mapping[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if required:
            raise SettingsWrong(f"{PREFIX}CONFIG names {file}, which does not exist.", "Correct the path.") from None
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsWrong(f"{file} cannot be read: {error}.", "Correct the file or its permissions.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong(f"{file} is not valid TOML: {error}.", "Correct that line.") from error


def _fault(location: tuple[int | str, ...], kind: str, message: str, values: Mapping[str, tuple[object, str]]) -> str:
    key = str(location[0])
    message = message.removeprefix("Value error, ")
    if key not in values:  # a default that does not fit the other settings
        return message
    value, origin = values[key]
    where = origin if origin.startswith(PREFIX) else f"{key} in {origin}"
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(key, Settings.model_fields, n=1)
        return f"{where} is no setting" + (f" (did you mean {_spelled(near[0], origin)}?)" if near else "")
    return f"{where} is {value!r}: {message[:1].lower()}{message[1:]}"


def _spelled(key: str, origin: str) -> str:
    return f"{PREFIX}{key.upper()}" if origin.startswith(PREFIX) else key
