"""Links a speaker's user to a listener by a spoken code: `link code 1 2 3 4 5 6`."""

from ask_sdk_model import Response

from podcaster.alexa.turn import Turn
from podcaster.listener.digests import secret_digest
from podcaster.listener.linking_codes import ATTEMPTS_COUNTED_WITHIN, MOST_SPOKEN_ATTEMPTS, spoken_digits


def link_code(turn: Turn) -> Response:
    """Link the user to the listener whose page shows the code. Every attempt counts, successful ones too."""
    code = spoken_digits(turn.slot("code")[0])
    if not code:
        return turn.ask("what_code")
    if _tries(turn) > MOST_SPOKEN_ATTEMPTS:
        return turn.say("link_wait")
    linked = turn.services.library.take_spoken_code(secret_digest(code), turn.speaker, turn.services.clock())
    return turn.say("linked" if linked else "link_wrong")


def _tries(turn: Turn) -> int:
    """Attempts by this user or from this device, whichever are more."""
    library, now = turn.services.library, turn.services.clock()
    counted = (secret_digest(f"link code of {who}") for who in (f"user {turn.speaker}", f"device {turn.device}"))
    return max([library.count_attempt(who, now, within=ATTEMPTS_COUNTED_WITHIN) for who in counted])
