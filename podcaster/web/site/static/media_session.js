// Lock screen, headset and media keys.
import * as playback from "./playback.js";

const { audio } = playback;
const session = navigator.mediaSession;

function tell() {
  const item = playback.current();
  const artwork = [{ src: new URL(item.art, location.href).href, sizes: "320x320" }];
  session.metadata = new MediaMetadata({ title: item.title, artist: item.by || item.show, album: item.show, artwork });
}

function tellPosition() {
  if (!Number.isFinite(audio.duration)) return;
  const position = Math.min(audio.currentTime, audio.duration);
  session.setPositionState?.({ duration: audio.duration, playbackRate: audio.playbackRate, position });
}

export function showOnLockScreen(acts) {
  if (!session) return;
  const handlers = {
    play: playback.start,
    pause: () => audio.pause(),
    seekbackward: acts.back,
    seekforward: acts.forward,
    seekto: (asked) => playback.seek(asked.seekTime),
    previoustrack: acts["chapter-before"],
    nexttrack: () => (playback.waiting().length ? playback.next() : acts["chapter-after"]()),
  };
  for (const [name, does] of Object.entries(handlers)) {
    // Browsers support different actions.
    try { session.setActionHandler(name, does); } catch { continue; }
  }
  audio.addEventListener("play", tell);
  for (const sign of ["loadedmetadata", "ratechange", "seeked", "play"]) audio.addEventListener(sign, tellPosition);
}
