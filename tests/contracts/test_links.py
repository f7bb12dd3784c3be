"""The promise of ports.SpeakerLinks, over SQLite and a real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from podcaster.adapters.database import SqlLibrary
from podcaster.listener.account import Listener
from podcaster.listener.digests import playback_position_key
from podcaster.listener.oauth_tokens import Authorization, Grant, TokenPair
from podcaster.listener.preferences import Preferences
from podcaster.ports import PlaybackPosition
from podcaster.units import LanguageTag, Milliseconds
from support.examples import NOW

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CHOICES = Preferences(languages=(LanguageTag("es"),))


def joined(library: SqlLibrary, name: str) -> Listener:
    listener = Listener.new(f"token of {name}", CHOICES, id=name, now=NOW)
    library.add_listener(listener)
    return listener


def authorized(library: SqlLibrary, code: str, listener: str) -> None:
    authorization = Authorization(
        code=code, listener=listener, redirect_uri="https://a", challenge="c", expires=NOW + 5 * MINUTE
    )
    library.put_authorization(authorization, NOW)


def pair(name: str) -> TokenPair:
    return TokenPair(
        access=f"access {name}", access_expires=NOW + HOUR, refresh=f"refresh {name}", refresh_expires=NOW + 24 * HOUR
    )


def granted(library: SqlLibrary, code: str, listener: str) -> Grant:
    authorized(library, code, listener)
    assert library.take_authorization(code, NOW)
    grant = Grant(code=code, listener=listener, granted=NOW)
    library.put_tokens(grant, pair(code), NOW)
    return grant


def owner(library: SqlLibrary, *, speaker: str = "", access: str = "", now: object = NOW) -> str | None:
    found = library.linked_listener(speaker=speaker, access=access, now=now)  # type: ignore[arg-type]
    return found.id if found else None


def test_a_code_that_is_read_out_links_one_speaker_once_and_not_for_long(library: SqlLibrary) -> None:
    joined(library, "ann")
    joined(library, "bob")
    assert library.put_spoken_code("111111", "ann", now=NOW, expires=NOW + 10 * MINUTE)
    assert not library.put_spoken_code("111111", "bob", now=NOW, expires=NOW + 10 * MINUTE), "ann has it"
    with ThreadPoolExecutor(8) as crowd:
        taken = list(crowd.map(lambda each: library.take_spoken_code("111111", f"speaker {each}", NOW), range(8)))
    assert sorted(taken) == [False] * 7 + [True]
    assert [owner(library, speaker=f"speaker {each}") for each in range(8)].count("ann") == 1
    assert library.put_spoken_code("222222", "bob", now=NOW, expires=NOW + 10 * MINUTE)
    assert library.put_spoken_code("333333", "bob", now=NOW, expires=NOW + 10 * MINUTE)
    assert not library.take_spoken_code("222222", "kitchen", NOW), "the newest counts"
    assert not library.take_spoken_code("333333", "kitchen", NOW + 10 * MINUTE), "it has expired"
    assert library.put_spoken_code("333333", "ann", now=NOW + HOUR, expires=NOW + 2 * HOUR), "and is free again"


def test_an_authorization_code_is_good_once_and_what_it_gave_ends_when_it_comes_again(library: SqlLibrary) -> None:
    joined(library, "ann")
    granted(library, "one", "ann")
    granted(library, "two", "ann")
    assert owner(library, access="access one") == "ann"
    assert library.take_authorization("one", NOW) is None
    assert owner(library, access="access one") is None
    assert owner(library, access="access two") == "ann"
    authorized(library, "late", "ann")
    assert library.take_authorization("late", NOW + 5 * MINUTE) is None
    assert library.take_authorization("nobody's", NOW) is None


def test_of_many_who_bring_the_same_authorization_code_one_is_served(library: SqlLibrary) -> None:
    joined(library, "ann")
    authorized(library, "one", "ann")
    with ThreadPoolExecutor(8) as crowd:
        taken = list(crowd.map(lambda _: library.take_authorization("one", NOW), range(8)))
    assert [each is not None for each in taken].count(True) == 1


def test_access_ends_with_its_time_and_a_refresh_token_is_no_access(library: SqlLibrary) -> None:
    joined(library, "ann")
    granted(library, "one", "ann")
    assert owner(library, access="access one", now=NOW + HOUR) is None
    assert owner(library, access="refresh one") is None
    assert library.take_refresh_token("access one", NOW, again_within=MINUTE) is None


def test_a_refresh_token_that_was_replaced_works_for_a_lost_answer_and_later_ends_everything(
    library: SqlLibrary,
) -> None:
    joined(library, "ann")
    grant = granted(library, "one", "ann")
    assert library.take_refresh_token("refresh one", NOW, again_within=MINUTE) == grant
    library.put_tokens(grant, pair("two"), NOW)
    assert library.take_refresh_token("refresh one", NOW + MINUTE, again_within=MINUTE) == grant, "the answer was lost"
    assert owner(library, access="access two") == "ann"
    assert library.take_refresh_token("refresh one", NOW + 2 * MINUTE, again_within=MINUTE) is None
    assert owner(library, access="access two") is None
    assert library.take_refresh_token("refresh two", NOW + 2 * MINUTE, again_within=MINUTE) is None


def test_whichever_link_is_later_counts(library: SqlLibrary) -> None:
    joined(library, "ann")
    joined(library, "bob")
    granted(library, "one", "ann")
    assert library.put_spoken_code("222222", "bob", now=NOW, expires=NOW + HOUR)
    assert library.take_spoken_code("222222", "kitchen", NOW + MINUTE)
    assert owner(library, speaker="kitchen", access="access one") == "bob"
    library.put_tokens(Grant(code="new", listener="ann", granted=NOW + 2 * MINUTE), pair("new"), NOW)
    assert owner(library, speaker="kitchen", access="access new") == "ann"
    assert owner(library, speaker="kitchen", access="unknown") == "bob"


def test_revoking_a_token_ends_its_grant_alone(library: SqlLibrary) -> None:
    joined(library, "ann")
    granted(library, "one", "ann")
    granted(library, "two", "ann")
    assert library.revoke_token("refresh one")
    assert not library.revoke_token("refresh one")
    assert owner(library, access="access one") is None
    assert owner(library, access="access two") == "ann"


def test_what_a_listener_ends_ends_for_their_speakers(library: SqlLibrary) -> None:
    """Rotating, unlinking, leaving: nothing that was linked by the old address goes on."""
    for name in ("ann", "bob", "cid", "dee"):
        joined(library, name)
        granted(library, name, name)
        assert library.put_spoken_code(f"1{name}", name, now=NOW, expires=NOW + HOUR)
        assert library.take_spoken_code(f"1{name}", f"speaker of {name}", NOW)
        assert library.put_spoken_code(f"2{name}", name, now=NOW, expires=NOW + HOUR)
        authorized(library, f"unused {name}", name)
    library.keep_listening(
        PlaybackPosition(
            listener=playback_position_key("cid"), token="t", offset_ms=Milliseconds(1), language=None, changed=NOW
        )
    )
    old = joined(library, "eve")
    assert library.rotate_listener(
        Listener.new("token of ann", CHOICES, id="ann", now=NOW).digest, new="x", code="y", now=NOW
    )
    assert library.unlink_speakers("bob") == 2
    assert library.remove_listener("cid")
    for name in ("ann", "bob", "cid"):
        assert owner(library, speaker=f"speaker of {name}", access=f"access {name}") is None
        assert not library.take_spoken_code(f"2{name}", "another", NOW)
        assert library.take_authorization(f"unused {name}", NOW) is None
        assert library.take_refresh_token(f"refresh {name}", NOW, again_within=MINUTE) is None
    assert library.listening(playback_position_key("cid")) is None
    assert owner(library, speaker="speaker of dee", access="access dee") == "dee"
    assert not library.rotate_listener("nobody's", new=old.digest, code="z", now=NOW)


def test_attempts_are_counted_within_their_time(library: SqlLibrary) -> None:
    counts = [library.count_attempt("ann", NOW + each * MINUTE, within=3 * MINUTE) for each in range(5)]
    assert counts == [1, 2, 3, 1, 2]
    assert library.count_attempt("bob", NOW, within=HOUR) == 1
    with ThreadPoolExecutor(8) as crowd:
        found = crowd.map(lambda _: library.count_attempt("cid", NOW, within=HOUR), range(8))
        assert sorted(found) == list(range(1, 9))


def test_an_address_that_a_speaker_is_given_plays_what_was_wanted_then_for_a_while(library: SqlLibrary) -> None:
    joined(library, "ann")
    joined(library, "bob")
    other = Preferences(languages=(LanguageTag("en"),), topics=("china",), max_minutes=20)
    library.put_stream("one", "ann", CHOICES, now=NOW, expires=NOW + HOUR)
    library.put_stream("two", "bob", other, now=NOW, expires=NOW + HOUR)
    assert library.stream("one", NOW) == CHOICES
    assert library.stream("two", NOW) == other
    assert library.stream("one", NOW + HOUR) is None
    assert library.stream("nobody's", NOW) is None
    library.unlink_speakers("ann")
    assert library.stream("one", NOW) is None
    assert library.stream("two", NOW) == other
