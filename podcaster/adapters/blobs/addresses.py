"""Checks addresses of stores: obstore reads the bucket and the prefix, and passes in silence over all else that one carries."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from podcaster.errors import SettingsWrong

_SCHEMES: Final = {
    **dict.fromkeys(("s3", "s3a"), "s3"),
    **dict.fromkeys(("gs",), "gs"),
    **dict.fromkeys(("az", "adl", "azure", "abfs", "abfss"), "az"),
    **dict.fromkeys(("file", "memory"), ""),
}
_VARIABLES: Final = {
    "s3": {
        **dict.fromkeys(("endpoint", "endpoint_url"), "AWS_ENDPOINT"),
        **dict.fromkeys(("region", "default_region"), "AWS_REGION"),
        **dict.fromkeys(("access_key", "access_key_id"), "AWS_ACCESS_KEY_ID"),
        **dict.fromkeys(("secret_key", "secret_access_key"), "AWS_SECRET_ACCESS_KEY"),
        **dict.fromkeys(("token", "session_token"), "AWS_SESSION_TOKEN"),
        **dict.fromkeys(("virtual_hosted_style_request", "path_style"), "AWS_VIRTUAL_HOSTED_STYLE_REQUEST"),
        "allow_http": "AWS_ALLOW_HTTP",
    },
    "gs": dict.fromkeys(("service_account", "application_credentials"), "GOOGLE_SERVICE_ACCOUNT"),
    "az": {
        **dict.fromkeys(("account", "account_name"), "AZURE_STORAGE_ACCOUNT_NAME"),
        **dict.fromkeys(("key", "account_key"), "AZURE_STORAGE_ACCOUNT_KEY"),
        **dict.fromkeys(("sas", "sas_token", "sas_key"), "AZURE_STORAGE_SAS_KEY"),
    },
    "": {},
}
_KEYS: Final = {
    "s3": "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    "gs": "GOOGLE_SERVICE_ACCOUNT",
    "az": "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
    "": "nothing",
}
_PROVIDERS: Final = (
    (".amazonaws.com", "s3"),
    (".r2.cloudflarestorage.com", "s3"),
    (".core.windows.net", "az"),
    (".fabric.microsoft.com", "az"),
)
_PREFIXES: Final = re.compile(r"^(?:aws|google|azure_storage|azure)_")
_SEE: Final = "docs/storage.md says what each address and variable is."
_FORMS: Final = "Write s3://BUCKET/PREFIX, gs://BUCKET/PREFIX, az://CONTAINER/PREFIX or a folder"


def is_url(where: str) -> bool:
    """Whether an address is a URL, or one with a slash forgotten, rather than a folder."""
    return "://" in where or where.partition(":/")[0] in _SCHEMES


def check_address(where: str) -> None:
    """Refuse a URL that carries what nothing reads.

    Raises:
        SettingsWrong: names those parts, never their values, which may be secret, and the variable that each belongs in.
    """
    try:
        parts = urlsplit(where)
        port = parts.port
    except ValueError:
        raise no_store(where) from None
    kind = _SCHEMES.get(parts.scheme)
    if kind is None and parts.scheme in {"http", "https"} and parts.hostname:
        kind = next((kind for ending, kind in _PROVIDERS if parts.hostname.endswith(ending)), None)
    if kind is None or "://" not in where or any(sign.isspace() for sign in parts.netloc):
        raise no_store(where)
    faults = list(_unread(kind, parts.query, parts.fragment))
    if parts.password or (parts.username and kind != "az"):
        faults.append(f"a user name or a password is not read there: set {_KEYS[kind]}")
    if port is not None:
        faults.append("a port is not read there" + (": set AWS_ENDPOINT" if kind == "s3" else ""))
    if kind and not parts.hostname:
        faults.append("it names no bucket")
    if "//" in parts.path.rstrip("/") and kind:
        faults.append("it has an empty part, two slashes together")
    if faults:
        raise SettingsWrong(f"The storage address {_shown(where)} cannot be used: {'; '.join(faults)}.", _SEE)


def no_store(where: str) -> SettingsWrong:
    """The error of an address of no known kind."""
    server = ", and the server's own address into AWS_ENDPOINT" if where.startswith("http") else ""
    return SettingsWrong(f"{_shown(where)} is no address of a store.", f"{_FORMS}{server}: docs/storage.md.")


def _unread(kind: str, query: str, fragment: str) -> Iterator[str]:
    for key, _ in parse_qsl(query, keep_blank_values=True):
        plain = _PREFIXES.sub("", key.lower().replace("-", "_"))
        variable = _VARIABLES[kind].get(plain)
        yield f"`{key}` is not read there" + (f": set {variable}" if variable else "")
    if fragment:
        yield f"#{fragment[:40]} is not read there"


def _shown(where: str) -> str:
    """The address without what may be secret."""
    before, mark, rest = where.partition("://")
    place = re.split(r"[?#]", rest)[0]
    host, slash, path = place.partition("/")
    return f"{before}{mark}{host.rpartition('@')[2]}{slash}{path}"[:200] if mark else where[:200]
