"""A server of S3's protocol over real HTTP, with one bucket and one key; requests that are signed wrongly are refused.

What it knows is what the service uses: objects with ranges, uploads in parts, lists of names, in path style, signed with
AWS Signature Version 4.
"""

import hashlib
import hmac
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape, unescape

BUCKET, KEY, SECRET, REGION = "podcaster", "publisher", "publisher-secret", "eu-south-1"
_NOW = datetime(2026, 5, 4, tzinfo=UTC)
_STATUS = {"NoSuchBucket": 404, "NoSuchKey": 404, "InvalidRange": 416}


@dataclass
class Bucket:
    """Objects by name, and what was asked."""

    url: str = ""
    objects: dict[str, bytes] = field(default_factory=dict)
    uploads: dict[str, dict[int, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def environment(self, **changes: str) -> dict[str, str]:
        """The variables that docs/storage.md names."""
        return {
            "AWS_ENDPOINT": self.url,
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": REGION,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            **changes,
        }


class Refused(Exception):
    """An error of S3, by its code."""


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    bucket: Bucket

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        try:
            self._check_signature()
            name = self._name_in_bucket()
            with self.bucket.lock:
                self.bucket.asked.append(f"{self.command} {self.path}")
                self._answer(name, dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True)), body)
        except Refused as error:
            code = str(error)
            self._send(_STATUS.get(code, 403), f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode())

    def _name_in_bucket(self) -> str:
        bucket, _, name = unquote(urlsplit(self.path).path)[1:].partition("/")
        if bucket != BUCKET:
            raise Refused("NoSuchBucket")
        return name

    def _answer(self, name: str, query: dict[str, str], body: bytes) -> None:
        objects, uploads = self.bucket.objects, self.bucket.uploads
        if self.command in {"GET", "HEAD"} and not name:
            self._send(200, _listed(objects, query.get("prefix", "")))
        elif self.command in {"GET", "HEAD"}:
            self._send_object(objects, name)
        elif self.command == "PUT" and "uploadId" in query:
            uploads[query["uploadId"]][int(query["partNumber"])] = body
            self._send(200)
        elif self.command == "PUT":
            objects[name] = body
            self._send(200)
        elif self.command == "POST" and "uploads" in query:
            upload = f"upload-{len(uploads)}"
            uploads[upload] = {}
            self._send(200, f"<R><Bucket>{BUCKET}</Bucket><Key>{name}</Key><UploadId>{upload}</UploadId></R>".encode())
        elif self.command == "POST" and "uploadId" in query:
            objects[name] = b"".join(part for _, part in sorted(uploads.pop(query["uploadId"]).items()))
            self._send(
                200, f"<R><Bucket>{BUCKET}</Bucket><Key>{name}</Key><ETag>{_tag(objects[name])}</ETag></R>".encode()
            )
        elif self.command == "POST" and "delete" in query:
            names = [unescape(each) for each in re.findall(r"<Key>([^<]+)</Key>", body.decode())]
            for each in names:
                objects.pop(each, None)
            gone = "".join(f"<Deleted><Key>{escape(each)}</Key></Deleted>" for each in names)
            self._send(200, f"<DeleteResult>{gone}</DeleteResult>".encode())
        else:
            objects.pop(name, None)
            self._send(204)

    def _send_object(self, objects: dict[str, bytes], name: str) -> None:
        if name not in objects:
            raise Refused("NoSuchKey")
        whole = objects[name]
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("range", ""))
        if wanted is None:
            self._send(200, whole)
            return
        start, end = int(wanted[1]), min(int(wanted[2] or len(whole) - 1), len(whole) - 1)
        if start > end:
            raise Refused("InvalidRange")
        self._send(206, whole[start : end + 1], {"Content-Range": f"bytes {start}-{end}/{len(whole)}"})

    def _send(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        more = {"ETag": _tag(body), "Last-Modified": format_datetime(_NOW, usegmt=True), **(headers or {})}
        for each, value in {**more, "Content-Length": str(len(body))}.items():
            self.send_header(each, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _check_signature(self) -> None:
        """AWS Signature Version 4, in the Authorization header."""
        given = re.fullmatch(
            r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)",
            self.headers.get("authorization", ""),
        )
        if given is None:
            raise Refused("AccessDenied")
        key, day, region, signed, signature = given.groups()
        if key != KEY:
            raise Refused("InvalidAccessKeyId")
        parts = urlsplit(self.path)
        query = sorted(parse_qsl(parts.query, keep_blank_values=True))
        canonical = "\n".join(
            [
                self.command,
                parts.path,
                "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in query),
                *(f"{each}:{' '.join(self.headers[each].split())}" for each in signed.split(";")),
                "",
                signed,
                self.headers["x-amz-content-sha256"],
            ]
        )
        scope = f"{day}/{region}/s3/aws4_request"
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        secret = f"AWS4{SECRET}".encode()
        for part in scope.split("/"):
            secret = hmac.digest(secret, part.encode(), "sha256")
        wanted = hmac.new(
            secret, "\n".join(["AWS4-HMAC-SHA256", self.headers["x-amz-date"], scope, digest]).encode(), "sha256"
        )
        if not hmac.compare_digest(wanted.hexdigest(), signature):
            raise Refused("SignatureDoesNotMatch")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _listed(objects: dict[str, bytes], prefix: str) -> bytes:
    contents = "".join(
        f"<Contents><Key>{escape(name)}</Key><LastModified>{_NOW:%Y-%m-%dT%H:%M:%S.000Z}</LastModified>"
        f"<ETag>{escape(_tag(whole))}</ETag><Size>{len(whole)}</Size></Contents>"
        for name, whole in sorted(objects.items())
        if name.startswith(prefix)
    )
    return (
        f"<ListBucketResult><Name>{BUCKET}</Name><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>".encode()
    )


def _tag(whole: bytes) -> str:
    return f'"{hashlib.sha256(whole).hexdigest()[:32]}"'


@contextmanager
def s3_server() -> Iterator[Bucket]:
    """On loopback until the end of the block."""
    bucket = Bucket()
    methods = {f"do_{verb}": Handler._handle for verb in ("GET", "HEAD", "PUT", "POST", "DELETE")}
    handler = type("BucketHandler", (Handler,), {"bucket": bucket, **methods})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        bucket.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield bucket
        finally:
            server.shutdown()
            thread.join()
