"""Reports that an editor takes away: everything that leads to a listener ends in one transaction."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from podcaster.adapters.database.repositories.articles import stored, there
from podcaster.adapters.database.repositories.changes import note
from podcaster.adapters.database.repositories.publishing.episodes import withdrawn
from podcaster.adapters.database.repositories.publishing.feeds import lock_counter
from podcaster.adapters.database.repositories.render_deduplication import FINAL, end
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.library import article_cards, episodes, renders, scheduled_episodes
from podcaster.errors import Outdated
from podcaster.model import Article, RenderState
from podcaster.model.changes import Action
from podcaster.ports.editing.articles import ArticleRemoval
from podcaster.units import ArticleId, RenderId


class ArticleRemovalRepository(Repository):
    """Fills the end of the articles' part of `ports.Library`."""

    def remove_article(self, article: ArticleId, now: datetime, *, before: Article | None) -> ArticleRemoval:
        """Take a report away."""
        at = self._clock()
        with self._writing() as connection:
            lock_counter(connection)
            kept = stored(there(connection, article, to_change=True)).article
            if before is not None and before != kept:
                raise Outdated("Somebody else changed the report meanwhile.", "Read it again, then take it away.")
            card = article_cards.c.article == article
            connection.execute(update(article_cards).where(card).values(removed=now))
            note(connection, at, Action.ARTICLE_REMOVED, article=article, before={"title": kept.title})
            connection.execute(delete(scheduled_episodes).where(scheduled_episodes.c.article == article))
            gone = withdrawn(connection, at, episodes.c.article == article)
            return ArticleRemoval(episodes=tuple(gone), renders=tuple(_stopped(connection, article, at)))


def _stopped(connection: Connection, article: ArticleId, at: datetime) -> list[RenderId]:
    """The renders of a report that were under way, cancelled."""
    query = select(renders.c.id).where(renders.c.article == article, renders.c.state.not_in(FINAL)).with_for_update()
    under_way = [RenderId(each) for each in connection.execute(query).scalars()]
    for each in under_way:
        end(connection, each, RenderState.CANCELLED)
        note(connection, at, Action.RENDER_CANCELLED, article=article, subject=each)
    return under_way
