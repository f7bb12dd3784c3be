"""Apple Podcasts categories, which directories require."""

import difflib
from collections.abc import Mapping
from typing import Final

from podcaster.errors import SettingsWrong

_LISTED: Final = """
Arts: Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts
Business: Careers, Entrepreneurship, Investing, Management, Marketing, Non-Profit
Comedy: Comedy Interviews, Improv, Stand-Up
Education: Courses, How To, Language Learning, Self-Improvement
Fiction: Comedy Fiction, Drama, Science Fiction
Government:
History:
Health & Fitness: Alternative Health, Fitness, Medicine, Mental Health, Nutrition, Sexuality
Kids & Family: Education for Kids, Parenting, Pets & Animals, Stories for Kids
Leisure: Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, Home & Garden, Video Games
Music: Music Commentary, Music History, Music Interviews
News: Business News, Daily News, Entertainment News, News Commentary, Politics, Sports News, Tech News
Religion & Spirituality: Buddhism, Christianity, Hinduism, Islam, Judaism, Religion, Spirituality
Science: Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, Natural Sciences, Nature, Physics,\
 Social Sciences
Society & Culture: Documentary, Personal Journals, Philosophy, Places & Travel, Relationships
Sports: Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, Hockey, Rugby, Running, Soccer, Swimming,\
 Tennis, Volleyball, Wilderness, Wrestling
Technology:
True Crime:
TV & Film: After Shows, Film History, Film Interviews, Film Reviews, TV Reviews
"""


def _parsed(listed: str) -> Mapping[str, frozenset[str]]:
    parts = (line.partition(":") for line in listed.strip().splitlines())
    return {name: frozenset(sub.strip() for sub in subs.split(",") if sub.strip()) for name, _, subs in parts}


CATEGORIES: Final = _parsed(_LISTED)
"""Subcategories by category, as Apple spells them."""


def parse(text: str) -> tuple[str, str | None]:
    """Split a category from its subcategory: `News`, `News > Politics`.

    Raises:
        SettingsWrong: Apple lists no such category.
    """
    category, _, sub = (part.strip() for part in text.partition(">"))
    if category in CATEGORIES and (not sub or sub in CATEGORIES[category]):
        return category, sub or None
    known = [*CATEGORIES, *(f"{each} > {name}" for each, names in CATEGORIES.items() for name in names)]
    near = difflib.get_close_matches(text, known, n=1, cutoff=0.3) or ["News"]
    raise SettingsWrong(f"Apple Podcasts has no category {text!r}.", f"Choose one of Apple's, such as {near[0]!r}.")
