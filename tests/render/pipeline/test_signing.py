"""Audio files carry a C2PA manifest, signed with the operator's certificate, that says how they were made."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from c2pa import Context, Reader
from mutagen.id3 import ID3
from mutagen.mp4 import MP4

from podcaster.adapters.content_credentials import C2paSigner
from podcaster.errors import SettingsWrong
from podcaster.settings import Settings
from podcaster.wiring import Container
from support.report_desk import ES, Desk, report_desk
from support.signing_chain import SigningChain, signing_chain

TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
NOTICE = "This is a machine translation. This episode is read by a synthetic voice."


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> SigningChain:
    return signing_chain(tmp_path_factory.mktemp("chain"))


@pytest.fixture(scope="module")
def signed(chain: SigningChain, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A report in Spanish, with every format."""
    with report_desk(
        tmp_path_factory.mktemp("desk"),
        formats=("mp3", "m4a", "opus"),
        signing_certificate=chain.certificates,
        signing_key=chain.key,
    ) as desk:
        desk.render(ES)
        yield desk


def manifest(audio: bytes, media_type: str, chain: SigningChain) -> dict[str, Any]:
    """What a verifier that trusts the authority reads."""
    trust = {"trust": {"trust_anchors": chain.authority}, "verify": {"verify_trust": True}}
    with Context.from_dict(trust) as context, Reader(media_type, io.BytesIO(audio), context=context) as reader:
        read: dict[str, Any] = json.loads(reader.json())
        return read


@pytest.mark.parametrize(("ending", "media_type"), [(".mp3", "audio/mpeg"), (".m4a", "audio/mp4")])
def test_a_verifier_trusts_the_file_and_reads_how_it_was_made(
    signed: Desk, chain: SigningChain, ending: str, media_type: str
) -> None:
    read = manifest(signed.file(ES, ending), media_type, chain)
    assert read["validation_state"] == "Trusted"
    claims = read["manifests"][read["active_manifest"]]
    assert claims["signature_info"]["common_name"] == "Meridian"
    (actions,) = [each["data"]["actions"] for each in claims["assertions"] if each["label"].startswith("c2pa.actions")]
    assert actions[0]["action"] == "c2pa.created"
    assert actions[0]["digitalSourceType"] == TRAINED
    assert actions[0]["description"] == NOTICE


@pytest.mark.parametrize(("ending", "media_type"), [(".mp3", "audio/mpeg"), (".m4a", "audio/mp4")])
def test_a_verifier_sees_that_a_sound_was_changed(
    signed: Desk, chain: SigningChain, ending: str, media_type: str
) -> None:
    changed = bytearray(signed.file(ES, ending))
    changed[-2_000] ^= 1
    assert manifest(bytes(changed), media_type, chain)["validation_state"] == "Invalid"


def test_tags_and_chapters_are_in_the_signed_files(signed: Desk) -> None:
    tag = ID3(io.BytesIO(signed.file(ES, ".mp3")), translate=False)
    assert {"TIT2", "TALB", "CTOC:toc", "CHAP:chp0", "APIC:", "COMM::spa"} <= tag.keys()
    assert MP4(io.BytesIO(signed.file(ES, ".m4a")))["desc"] == [NOTICE]


def test_the_feed_names_the_length_of_the_signed_file(signed: Desk) -> None:
    episode = signed.episode(ES)
    assert episode.enclosure_bytes == len(signed.file(ES, ".mp3"))
    lengths = {each.format: each.length_bytes for each in episode.alternates}
    assert lengths == {ending: len(signed.file(ES, ending)) for ending in (".m4a", ".opus")}


def test_a_file_that_is_out_stays_as_it_is_when_it_is_made_again(signed: Desk) -> None:
    """A signature has other bytes each time, and a listener who goes on with a download would get a splice of two files."""
    before, episode = signed.file(ES, ".mp3"), signed.episode(ES)
    signed.render(ES)
    assert signed.episode(ES).revision == episode.revision
    assert signed.file(ES, ".mp3") == before


def test_a_key_that_is_not_the_certificates_is_refused_in_one_line(chain: SigningChain, tmp_path: Path) -> None:
    other = signing_chain(tmp_path)
    with pytest.raises(SettingsWrong, match="not the key of the first certificate"):
        C2paSigner(chain.certificates, other.key)
    with pytest.raises(SettingsWrong, match="no PEM certificates"):
        C2paSigner(chain.key, chain.key)


def test_half_a_configuration_is_refused(chain: SigningChain, tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match="needs a certificate and its key"):
        _ = Container(Settings(data=tmp_path, signing_key=chain.key)).signer
