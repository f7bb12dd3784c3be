"""Builds what editors use: lines, terms, reports, voices, previews."""

import uuid
from functools import cached_property
from typing import TYPE_CHECKING

from podcaster.wiring.service_parts import ServiceParts
from podcaster.wiring.stores import now

if TYPE_CHECKING:
    from podcaster.ports import ArticleEditor, LineEditor
    from podcaster.render.editing.impact import LineSearch
    from podcaster.render.editing.listening import Listening
    from podcaster.render.editing.previews import Previews
    from podcaster.render.editing.recording import Recording
    from podcaster.render.editing.revisions import Revisions
    from podcaster.render.editing.voice_choice import VoiceChoice


class DeskParts(ServiceParts):
    """Editing, previews and voices for editors."""

    @cached_property
    def lines(self) -> "LineEditor":
        """Edits lines, terms and words."""
        from podcaster.render.editing.script_lines import LineEditing
        from podcaster.render.pipeline.speech.marked_voices import voices_of

        return LineEditing(
            library=self.library,
            blobs=self.blobs,
            newest=self.publication.newest,
            file=lambda name: self._file(name) or {},
            clock=now,
            voices=lambda language: voices_of(language, self.edited_context),
        )

    @cached_property
    def word_search(self) -> "LineSearch":
        """Finds what a glossary or lexicon entry would change."""
        from podcaster.render.editing.impact import LineSearch

        return LineSearch(library=self.library, blobs=self.blobs, newest=self.publication.newest)

    @cached_property
    def articles(self) -> "ArticleEditor":
        """Corrects and removes reports."""
        from podcaster.render.editing.articles import ArticleEditing

        return ArticleEditing(
            library=self.library,
            blobs=self.blobs,
            feed_publisher=self.feed_publisher,
            caches=self._caches,
            stop=lambda render: self.queue.cancel(render),  # noqa: PLW0108 # to name its method would build the queue
            clock=now,
        )

    @cached_property
    def previews(self) -> "Previews":
        """Reads reports before they are added."""
        from podcaster.render.editing.previews import Previews

        return Previews(
            library=self.library,
            blobs=self.blobs,
            newsroom=self.newsroom,
            reader=self.read,
            fetched=self.fetched,
            chapters=self.chapters,
            clock=now,
            new_id=lambda: uuid.uuid4().hex,
        )

    @cached_property
    def listening(self) -> "Listening":
        """Waveforms and previews for editors."""
        from podcaster.render.editing.listening import Listening

        return Listening(
            library=self.library,
            blobs=self.blobs,
            newest=self.publication.newest,
            context=lambda: self.edited_context,
            decoded=self.decoded,
            shows=self.feed_publisher.shows,
            addresses=self.feed_publisher.addresses,
            proofs=self.proofs,
        )

    @cached_property
    def voice_choice(self) -> "VoiceChoice":
        """Voices as editors hear and choose them."""
        from podcaster.render.editing.voice_choice import VoiceChoice

        return VoiceChoice(library=self.library, blobs=self.blobs, context=lambda: self.edited_context, clock=now)

    @cached_property
    def recording(self) -> "Recording":
        """Takes editors' own recordings."""
        from podcaster.adapters.decoding import decoded_upload
        from podcaster.render.editing.recording import Recording

        return Recording(
            lines=self.lines,
            blobs=self.blobs,
            decoded=decoded_upload,
            encoder_db=lambda: self.edited_context.encoder.level_db,
            recognizer=lambda: self.proofreader.recognizer if self.proofreader else None,
        )

    @cached_property
    def revisions(self) -> "Revisions":
        """Compares stored revisions."""
        from podcaster.render.editing.revisions import Revisions
        from podcaster.render.pipeline.sentence_store import SentenceStore

        return Revisions(
            blobs=self.blobs,
            sentences=SentenceStore(self.blobs),
            newest=self.publication.newest,
            references=self.library,
        )
