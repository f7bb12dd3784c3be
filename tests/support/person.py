"""A person at keyboard and mouse: does each step in the browser, and adds up the seconds that it takes a person.

Times are those of the keystroke-level model (Card, Moran and Newell, 1980) and of silent reading (238 words a minute;
Brysbaert, 2019). Counted: decisions, pointing, keys, and every word that a place shows to the eye. Not counted: what the
machine takes meanwhile, listening, and second thoughts.
"""

from playwright.sync_api import Locator, Page

MENTAL, POINT, PRESS, HOME, KEY = 1.35, 1.1, 0.2, 0.4, 0.28
WORD = 60 / 238
_SHOWN = """(place) => {
  const found = [];
  const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const around = texts.currentNode.parentElement;
    if (around.checkVisibility({ visibilityProperty: true }) && !around.closest(".unseen, select")) found.push(texts.currentNode.data);
  }
  for (const field of place.querySelectorAll("input:not([type=file], [type=checkbox], [type=range]), textarea")) {
    if (field.checkVisibility()) found.push(field.value);
  }
  for (const field of place.querySelectorAll("select")) if (field.checkVisibility()) found.push(field.selectedOptions[0]?.text ?? "");
  return found.join(" ");
}"""
"""The text that the eye sees: of a list its choice alone, and nothing that is there for screen readers only."""


class Person:
    """One person in front of one page."""

    def __init__(self, page: Page) -> None:
        """The hands are on the keyboard."""
        self.page = page
        self.seconds = 0.0
        self._at_mouse = False

    def clicks(self, what: Locator) -> None:
        """Decides, points and presses."""
        self._reaches(mouse=True)
        self.seconds += MENTAL + POINT + PRESS
        what.click()

    def presses(self, keys: str) -> None:
        """Decides and presses keys together, as `Control+v`."""
        self._reaches(mouse=False)
        self.seconds += MENTAL + KEY * len(keys.split("+"))
        self.page.keyboard.press(keys)

    def types(self, text: str) -> None:
        """Types a text that is clear already."""
        self._reaches(mouse=False)
        self.seconds += MENTAL + KEY * len(text)
        self.page.keyboard.type(text)

    def reads(self, what: Locator) -> str:
        """Reads everything that a place shows, field values included."""
        text = " ".join(part.evaluate(_SHOWN) for part in what.all())
        self.seconds += MENTAL + WORD * len(text.split())
        return text

    def _reaches(self, *, mouse: bool) -> None:
        if self._at_mouse != mouse:
            self.seconds += HOME
        self._at_mouse = mouse
