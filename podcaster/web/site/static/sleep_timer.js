// Sleep timer. The last seconds fade out, so that a listener who is awake can extend it.
import { clock } from "./clock.js";
import * as playback from "./playback.js";

const { audio } = playback;
const FADE = 8;

export const sleepLabel = (label, left) => label.replace("{time}", clock(left + 0.99));

// `show` gets the seconds that are left, and null when the timer is off.
export function putToSleep(select, show) {
  let until = 0, end = 0, loud = 1;
  const endOfChapter = () => playback.chapterList()[playback.chapter() + 1]?.[0] ?? playback.length();

  select.addEventListener("change", () => {
    wake();
    if (select.value === "chapter") end = endOfChapter();
    else if (select.value) until = Date.now() + Number(select.value) * 60000;
    tire();
  });

  function wake() {
    if (until || end) audio.volume = loud;
    [until, end, loud] = [0, 0, audio.volume];
    show(null);
  }

  function tire() {
    if (!until && !end) return;
    const left = end ? (end - audio.currentTime) / audio.playbackRate : (until - Date.now()) / 1000;
    show(left);
    if (left > FADE) loud = audio.volume;
    else audio.volume = loud * Math.max(0, left / FADE);
    if (left > 0.05) {
      if (left < 1) setTimeout(tire, left * 1000);
      return;
    }
    audio.pause();
    select.value = "";
    wake();
  }

  // The chapter timer refers to the current chapter.
  audio.addEventListener("seeked", () => { if (end) end = endOfChapter(); });
  audio.addEventListener("timeupdate", tire);
  setInterval(tire, 1000);
}
