"""What stands round a report on a page and is never read out: share buttons, reading times, teasers, notices."""

import re

_SHARE = re.compile(
    r"^(?:share(?: (?:this|on|via|with|to)\b.*)?|tweet(?: this)?|(?:e-?mail|print)(?: this.*)?|copy link|"
    r"(?:facebook|twitter|x|linkedin|whatsapp|reddit|telegram|pocket|bluesky|mastodon|threads|instagram)|"
    r"follow us.*|like us on.*|save|bookmark|download(?: (?:the )?pdf)?|pdf|listen(?: to this.*)?|play audio|"
    r"(?:save|add) to (?:my )?(?:list|favou?rites|library)|add a comment|leave a comment|\d+ (?:comments?|shares?|likes?)|comments?)$",
    re.IGNORECASE,
)
_READING_TIME = re.compile(
    r"^\(?\s*(?:reading time:?\s*)?(?:about\s+)?\d{1,3}\s*(?:-| )?\s*min(?:ute)?s?\.?(?:\s+(?:read|reading|listen))?\s*\)?$",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"^(?:we (?:and our partners )?use cookies\b.*|this (?:web)?site uses cookies\b.*|by (?:continuing|using|clicking)\b.*\b(?:cookies|terms|privacy)\b.*|"
    r"(?:accept|reject|allow)(?: all)?(?: cookies)?|manage (?:cookies|preferences|consent)|cookie (?:policy|settings|preferences)|privacy policy|"
    r"(?:sign up|subscribe|register|join)\b.{0,80}\b(?:newsletter|updates|e-?mail|inbox|briefing|alerts?)\b.*|subscribe(?: now| today| here)?|sign (?:in|up|out)|"
    r"log (?:in|out)|(?:get|receive)\b.{0,80}\b(?:inbox|newsletter|e-?mail)\b.*|newsletter|(?:your )?e-?mail address|advertisement|sponsored(?: content)?|"
    r"listen to (?:our|this|the) reports?\b.*|all rights reserved.*|(?:©|\(c\)|copyright)\s.*|back to top|skip to (?:main )?content|menu|search|home|"
    r"click here\b.*|photo(?:graph)?(?: credit)?:.*|image(?: credit)?:.*|source: getty.*)$",
    re.IGNORECASE,
)
_END = re.compile(
    r"^(?:more (?:by|from|on)(?:\b.{0,60})?|related(?: (?:articles?|reports?|posts?|content|reading|stories))?:?|you (?:may|might) also like.*|"
    r"read (?:next|also)|recommended(?: for you)?|further reading|most (?:read|popular)|latest (?:reports?|news|articles?|posts?)|see also|"
    r"about the authors?|tags:?.*|filed under:?.*|previous(?: (?:post|article|report))?|next (?:post|article|report))$",
    re.IGNORECASE,
)
_READ_MORE = re.compile(
    r"^(?:read|see|view|learn) more(?:\s*(?:»|›|→|>+|\.\.\.|…))?$|^continue reading.*$", re.IGNORECASE
)
_TEASER = re.compile(r"^\(\s*\d{1,3}\s*mins?\s*\)\s+\S", re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Whether a line of a page is a button, a notice or a reading time and no text."""
    return any(pattern.match(line) for pattern in (_SHARE, _READING_TIME, _NOTICE, _READ_MORE))


def ends_report(line: str) -> bool:
    """Whether what follows a line is about other reports."""
    return bool(_END.match(line))


def is_teaser(line: str) -> bool:
    """Whether a line announces another report: `( 5 mins) Severe power rationing …`."""
    return bool(_TEASER.match(line))
