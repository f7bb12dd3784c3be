"""`Link code 1 2 3 4 5 6`: a speaker's user becomes a listener with a podcast of their own."""

from ask_sdk_model import Response

from podcaster.alexa.turn import Turn
from podcaster.listener.linking import ATTEMPTS_COUNTED_WITHIN, MOST_SPOKEN_ATTEMPTS, heard_digits, secret_digest


def link_code(turn: Turn) -> Response:
    """Tie them to the listener whose page shows this code. Tries are counted whatever they bring, also of one's own code."""
    code = heard_digits(turn.slot("code")[0])
    if not code:
        return turn.ask("what_code")
    if _tries(turn) > MOST_SPOKEN_ATTEMPTS:
        return turn.say("link_wait")
    linked = turn.station.library.take_spoken_code(secret_digest(code), turn.speaker, turn.station.clock())
    return turn.say("linked" if linked else "link_wrong")


def _tries(turn: Turn) -> int:
    """Of the user and of the device, whichever are more."""
    library, now = turn.station.library, turn.station.clock()
    counted = (secret_digest(f"link code of {who}") for who in (f"user {turn.speaker}", f"device {turn.device}"))
    return max([library.count_attempt(who, now, within=ATTEMPTS_COUNTED_WITHIN) for who in counted])
