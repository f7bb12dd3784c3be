"""The online voice: the real gTTS client over real HTTP, against a stand-in for the service."""

import base64
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from urllib.parse import parse_qs

import numpy as np
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from podcaster.adapters.gtts import GttsSynthesizer, split_parts
from podcaster.adapters.lame import LameEncoder
from podcaster.errors import EngineFailed, NoVoice
from podcaster.model import Voice
from podcaster.settings import Settings
from podcaster.speech.speaking import expected_seconds, speak_line
from podcaster.units import LanguageTag
from podcaster.wiring import Container

VOICE = Voice(language=LanguageTag("es"), name="es-gtts", engine="gtts", engine_voice="es")
SHORT = "El informe está listo."
LONG = (
    "El gravamen recae sobre el operador y no sobre los hogares, según la comisión que lo propuso; empieza en julio, "
    "y nadie obtiene lo que pidió, aunque todos han firmado el mismo papel en la misma mesa."
)
Answer = tuple[int, str, bytes]


def sound(text: str, *, loud: int = 9_000) -> bytes:
    time = np.arange(int(24_000 * max(expected_seconds(text), 0.4))) / 24_000
    return LameEncoder().encode((np.sin(2 * np.pi * 300 * time) * loud).astype(np.int16))


def answered(mp3: bytes) -> Answer:
    """The service's own envelope."""
    inner = json.dumps([base64.b64encode(mp3).decode()])
    return (
        200,
        "application/json",
        b")]}'\n\n" + json.dumps([["wrb.fr", "jQ1olc", inner]], separators=(",", ":")).encode(),
    )


class Service(ThreadingHTTPServer):
    """Speaks in tones, unless told otherwise; remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.asked: list[tuple[str, str]] = []
        self.answers: list[Callable[[str], Answer]] = []
        """Its first answers; afterwards it works."""
        self.under_way, self.most = 0, 0
        self.lock = threading.Lock()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Asked(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        text, language = json.loads(json.loads(form["f.req"][0])[0][0][1])[:2]
        with self.server.lock:
            self.server.asked.append((text, language))
            self.server.under_way += 1
            self.server.most = max(self.server.most, self.server.under_way)
            answer = self.server.answers.pop(0) if self.server.answers else lambda said: answered(sound(said))
        status, kind, body = answer(text)
        with self.server.lock:
            self.server.under_way -= 1
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def gtts(service: Service, waits: list[float]) -> GttsSynthesizer:
    return GttsSynthesizer(endpoint=service.origin, calls_per_minute=6_000, wait=waits.append, clock=lambda: 1_000.0)


def test_it_speaks_what_it_was_given_in_the_language_of_the_voice(service: Service, gtts: GttsSynthesizer) -> None:
    speech = speak_line(SHORT, VOICE, gtts)
    assert service.asked == [(SHORT, "es")]
    assert speech.rate == 24_000
    assert speech.samples.dtype == np.int16
    tone = np.abs(np.fft.rfft(speech.samples.astype(float)))
    assert abs(int(tone.argmax()) * speech.rate / len(speech.samples) - 300) < 3


def test_a_long_sentence_is_sent_whole_in_parts_that_the_service_takes(service: Service, gtts: GttsSynthesizer) -> None:
    speech = speak_line(LONG, VOICE, gtts)
    parts = [text for text, _ in service.asked]
    assert " ".join(parts) == LONG
    assert all(0 < len(part) <= 100 for part in parts)
    assert len(parts) >= 3
    voiced = sum(expected_seconds(part) for part in parts)
    assert voiced * 0.95 < len(speech.samples) / speech.rate < voiced + 0.4 * len(parts)


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A key, and a certificate for 127.0.0.1 that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a stand-in")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / "key.pem", folder / "certificate.pem"
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    files[0].write_bytes(key.private_bytes(pem, *plain))
    files[1].write_bytes(certificate.public_bytes(pem))
    return files


def test_a_certificate_that_nobody_vouches_for_is_refused(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = self_signed(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    service.socket = tls.wrap_socket(service.socket, server_side=True)
    secure = service.origin.replace("http:", "https:")
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
    for trusted, spoken in ((None, False), (certificate, True)):
        if trusted:
            monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(trusted))
        else:
            monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
        gtts = GttsSynthesizer(endpoint=secure, calls_per_minute=6_000, wait=lambda _: None)
        if spoken:
            assert gtts.speak(SHORT, VOICE).samples.any()
        else:
            with pytest.raises(EngineFailed, match="could not be reached"):
                gtts.speak(SHORT, VOICE)
            assert service.asked == [], "nothing of a report goes to somebody unknown"


@pytest.mark.parametrize("text", [LONG, "今" * 250, "x" * 301, "uno, dos; " * 40, "  ", "corto"])
def test_splitting_loses_nothing_and_adds_nothing(text: str) -> None:
    parts = split_parts(text)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(0 < len(part) <= 100 for part in parts)


def test_a_service_that_stumbles_is_asked_again_after_longer_and_longer_pauses(
    service: Service, gtts: GttsSynthesizer, waits: list[float]
) -> None:
    service.answers = [lambda _: (503, "text/plain", b"busy")] * 2
    assert len(gtts.speak(SHORT, VOICE).samples) > 0
    pauses = [wait for wait in waits if wait >= 1]
    assert len(service.asked) == 3
    assert len(pauses) == 2
    assert pauses[0] < pauses[1]


CAPTCHA = b"<!doctype html><html><title>Sorry</title><form id='captcha-form'>Our systems have detected</form></html>"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((429, "text/html", CAPTCHA), "too many requests"),
        ((200, "text/html", CAPTCHA), "a page came in place of sound"),
    ],
)
def test_a_service_that_refuses_is_left_alone_and_not_taken_for_a_voice(
    service: Service, gtts: GttsSynthesizer, answer: Answer, reason: str
) -> None:
    service.answers = [lambda _: answer] * 9
    with pytest.raises(EngineFailed, match=reason):
        gtts.speak(SHORT, VOICE)
    with pytest.raises(EngineFailed, match=reason):
        gtts.speak(SHORT, VOICE)
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("mp3", "reason"),
    [
        (b"", "no MP3"),
        (b"not sound at all" * 40, "no MP3"),
        (sound(SHORT)[:-100], "cut off"),
        (sound(SHORT, loud=0), "silence"),
    ],
    ids=["empty", "rubbish", "cut off", "silent"],
)
def test_empty_cut_off_or_silent_sound_is_asked_for_again_and_never_a_clip(
    service: Service, gtts: GttsSynthesizer, mp3: bytes, reason: str
) -> None:
    service.answers = [lambda _: answered(mp3)] * 3
    with pytest.raises(EngineFailed, match=reason):
        gtts.speak(SHORT, VOICE)
    assert len(service.asked) == 3


def test_where_nobody_answers_it_is_an_error_that_may_pass(waits: list[float]) -> None:
    with Service() as gone:
        origin = gone.origin
    engine = GttsSynthesizer(endpoint=origin, wait=waits.append)
    with pytest.raises(EngineFailed, match="could not be reached"):
        engine.speak(SHORT, VOICE)


def test_requests_keep_to_the_pace_that_is_set(service: Service, waits: list[float]) -> None:
    engine = GttsSynthesizer(endpoint=service.origin, calls_per_minute=30, wait=waits.append, clock=lambda: 1_000.0)
    for _ in range(3):
        engine.speak(SHORT, VOICE)
    assert waits == [2.0, 4.0]


def test_no_more_requests_at_once_than_are_allowed(service: Service) -> None:
    engine = GttsSynthesizer(endpoint=service.origin, calls_per_minute=6_000, parallel=2)
    everybody = threading.Barrier(6)

    def speak() -> None:
        everybody.wait()
        engine.speak(SHORT, VOICE)

    threads = [threading.Thread(target=speak) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(service.asked) == 6
    assert service.most <= 2


def test_a_language_that_the_service_does_not_have_is_refused_without_asking(
    service: Service, gtts: GttsSynthesizer
) -> None:
    with pytest.raises(NoVoice):
        gtts.speak(SHORT, Voice(language=LanguageTag("gd"), name="gd-gtts", engine="gtts", engine_voice="gd"))
    assert service.asked == []


def test_the_online_voice_is_off_unless_the_setting_turns_it_on() -> None:
    assert "gtts" not in Container(Settings()).synthesizers
    assert "gtts" in Container(Settings(network_voices=True)).synthesizers
