"""An editor's own recording sounds as loud as everything else, and is cut into lines where its speaker rests."""

import numpy as np
import pytest

from podcaster.audio.encoder import SAMPLE_RATE
from podcaster.audio.loudness import TARGET_LUFS, integrated_lufs, true_peak_db
from podcaster.audio.own_recording import SHORTEST_S, cut_at_gaps, cut_by_share, normalised
from podcaster.errors import InputRefused
from podcaster.proofing.recording_alignment import Gap
from podcaster.speech.synthesizer import Speech
from podcaster.units import Decibels, Hertz


def burst(seconds: float, level: float = 0.2, rate: int = SAMPLE_RATE) -> np.ndarray:
    """A voice-like tone with a wobble."""
    time = np.arange(round(seconds * rate)) / rate
    return level * np.sin(2 * np.pi * 180 * time) * (0.7 + 0.3 * np.sin(2 * np.pi * 4 * time))


def rest(seconds: float, rate: int = SAMPLE_RATE) -> np.ndarray:
    return 0.001 * np.random.default_rng(7).standard_normal(round(seconds * rate))


def speech(*parts: np.ndarray, rate: int = SAMPLE_RATE) -> Speech:
    return Speech(samples=np.rint(np.concatenate(parts) * 32_767).astype(np.int16), rate=Hertz(rate))


@pytest.mark.parametrize(("level", "rate"), [(0.02, 48_000), (0.9, 16_000), (0.3, 24_000)])
def test_a_recording_is_brought_to_the_shows_loudness_whatever_it_came_as(level: float, rate: int) -> None:
    made = normalised(speech(burst(3, level, rate), rate=rate), encoder_db=Decibels(0))
    assert made.rate == SAMPLE_RATE
    samples = made.samples.astype(np.float64) / 32_768
    assert integrated_lufs(samples, SAMPLE_RATE) == pytest.approx(TARGET_LUFS, abs=1)
    assert true_peak_db(samples, SAMPLE_RATE) <= -1
    assert len(samples) / SAMPLE_RATE == pytest.approx(3, abs=0.01)


def test_a_single_short_word_can_be_recorded() -> None:
    assert len(normalised(speech(burst(0.35)), encoder_db=Decibels(0)).samples) > 0


@pytest.mark.parametrize("silent", [speech(rest(2) * 0.1), speech(burst(0.1))])
def test_a_recording_in_which_nothing_is_heard_is_refused(silent: Speech) -> None:
    with pytest.raises(InputRefused, match="recording is silent"):
        normalised(silent, encoder_db=Decibels(0))


def test_a_recording_is_cut_where_its_speaker_rests_near_each_lines_share() -> None:
    """The speaker is quicker in the first line and slower in the second than the letters say."""
    whole = speech(burst(1.6), rest(0.4), burst(4.6), rest(0.5), burst(2.4))
    cuts = cut_by_share(whole, [40, 80, 50])
    ends = np.cumsum([len(cut.samples) for cut in cuts]) / SAMPLE_RATE
    assert 1.6 <= ends[0] <= 2.0
    assert 6.6 <= ends[1] <= 7.1
    assert np.concatenate([cut.samples for cut in cuts]).tolist() == whole.samples.tolist()


def test_a_recording_without_rests_is_cut_by_the_letters() -> None:
    cuts = cut_by_share(speech(burst(10)), [10, 20, 70])
    assert [len(cut.samples) / SAMPLE_RATE for cut in cuts] == pytest.approx([1, 2, 7], abs=0.5)


def test_a_recording_too_short_for_its_lines_is_refused() -> None:
    with pytest.raises(InputRefused, match="too short for 9 lines"):
        cut_by_share(speech(burst(2)), [10] * 9)


def test_a_script_without_lines_is_refused() -> None:
    with pytest.raises(InputRefused, match="no line"):
        cut_by_share(speech(burst(2)), [])


@pytest.mark.parametrize("lengths", [[1, 400, 1, 1, 400], [400, 1, 1, 1], [1, 1, 1, 400]])
def test_no_line_is_cut_shorter_than_the_shortest(lengths: list[int]) -> None:
    whole = speech(burst(3), rest(0.4), burst(3))
    cuts = cut_by_share(whole, lengths)
    assert min(len(cut.samples) for cut in cuts) >= int(SHORTEST_S * SAMPLE_RATE)
    assert sum(len(cut.samples) for cut in cuts) == len(whole.samples)


def test_a_recording_is_cut_in_the_gaps_that_are_known_and_by_share_between_them() -> None:
    """The first line takes far longer than its share, which alone would cut in the rest within it."""
    whole = speech(burst(4), rest(0.4), burst(3), rest(0.4), burst(1), rest(0.4), burst(1))
    gap = Gap(ends=round(7.35 * SAMPLE_RATE), begins=round(7.9 * SAMPLE_RATE))
    cuts = cut_at_gaps(whole, [20, 20, 20], [gap, None])
    assert [len(each.samples) / SAMPLE_RATE for each in cuts] == pytest.approx([7.6, 1.4, 1.2], abs=0.35)
    assert sum(len(each.samples) for each in cuts) == len(whole.samples)
    assert [len(each.samples) for each in cut_at_gaps(whole, [20, 20, 20], [None, None])] == [
        len(each.samples) for each in cut_by_share(whole, [20, 20, 20])
    ]


def test_a_gap_that_would_leave_a_line_next_to_nothing_is_no_gap() -> None:
    whole = speech(burst(4), rest(0.4), burst(4))
    cuts = cut_at_gaps(whole, [20, 20], [Gap(ends=100, begins=200)])
    assert [len(each.samples) / SAMPLE_RATE for each in cuts] == pytest.approx([4.2, 4.2], abs=0.3)
