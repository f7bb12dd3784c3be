// Highlights the sentence, word and chapter being heard; a click plays from there.
import { pageItem } from "./episode_page.js";
import * as playback from "./playback.js";

const SCROLLING = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]);
const { audio, changes } = playback;
let scrolledByHand = 0;
let line, word, chapter;

// Follows the page that is shown now.
export function followTranscript() {
  line = pointer(document.querySelectorAll(".line"), (now, before) => {
    mark(now, before);
    // Do not scroll away from text that is being read.
    if (!audio.paused && Date.now() - scrolledByHand > 4000) now?.scrollIntoView({ block: "center" });
  });
  word = pointer(document.querySelectorAll(".word"), (now, before) => {
    before?.classList.remove("heard");
    now?.classList.add("heard");
  });
  chapter = pointer(document.querySelectorAll(".chapter"), mark);
  follow();
}

function mark(now, before) {
  before?.removeAttribute("aria-current");
  now?.setAttribute("aria-current", "true");
}

function follow() {
  const heard = playback.isCurrent(pageItem()) && (audio.currentTime > 0 || !audio.paused);
  const seconds = heard ? audio.currentTime : -1;
  // A sentence without word times must clear the highlight of the last word before it.
  word?.(seconds, line?.(seconds) ?? null);
  chapter?.(seconds);
}

// Words are shorter than the interval of timeupdate.
function keepFollowing() {
  follow();
  if (!audio.paused && !audio.ended) requestAnimationFrame(keepFollowing);
}

for (const sign of ["wheel", "touchmove"]) {
  addEventListener(sign, () => { scrolledByHand = Date.now(); }, { passive: true });
}
addEventListener("keydown", (event) => { if (SCROLLING.has(event.key)) scrolledByHand = Date.now(); });
for (const sign of ["timeupdate", "seeked"]) audio.addEventListener(sign, follow);
audio.addEventListener("play", keepFollowing);
changes.addEventListener("item", follow);

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const language = event.target.closest("[data-page] a[hreflang]");
  const heard = document.querySelector(".line[aria-current]");
  // Links to other languages keep the sentence.
  if (language && heard?.id) language.hash = heard.id;
  const target = event.target.closest("[data-page] [data-start]");
  if (!target || !getSelection().isCollapsed) return;
  event.preventDefault();
  scrolledByHand = 0;
  const at = Number(target.dataset.start);
  if (playback.isCurrent(pageItem())) { playback.seek(at); playback.start(); } else playback.load(pageItem(), { at, play: true });
});

// Finds the element being heard at a time, within a parent if given, and reports changes.
function pointer(elements, moved) {
  const list = [...elements];
  const starts = list.map((element) => Number(element.dataset.start));
  let current;
  return (seconds, within = document) => {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= seconds + 0.05) low = middle + 1; else high = middle;
    }
    const found = list[low - 1];
    const now = found && within?.contains(found) ? found : undefined;
    if (now !== current) moved(now, current);
    current = now;
    return now;
  };
}
