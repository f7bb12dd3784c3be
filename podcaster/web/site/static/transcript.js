// The transcript follows the voice, word by word where the words' times are known; a click goes there.
const SCROLLING = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]);
const audio = document.querySelector(".player audio");
let scrolledByHand = 0;

const line = pointer(document.querySelectorAll(".line"), (now, before) => {
  before?.removeAttribute("aria-current");
  now?.setAttribute("aria-current", "true");
  // Whoever reads elsewhere in the text is not torn away from it.
  if (!audio.paused && Date.now() - scrolledByHand > 4000) now?.scrollIntoView({ block: "center" });
});
const word = pointer(document.querySelectorAll(".word"), (now, before) => {
  before?.classList.remove("heard");
  now?.classList.add("heard");
});
const chapter = pointer(document.querySelectorAll(".chapter"), (now, before) => {
  before?.removeAttribute("aria-current");
  now?.setAttribute("aria-current", "true");
});

function mark() {
  const seconds = audio.currentTime > 0 || !audio.paused ? audio.currentTime : -1;
  // Where a sentence's words have no times, the last word of the one before must not stay marked.
  word(seconds, line(seconds) ?? null);
  chapter(seconds);
}

// SiteWords are shorter than the time between two timeupdates.
function keepMarking() {
  mark();
  if (!audio.paused && !audio.ended) requestAnimationFrame(keepMarking);
}

for (const sign of ["wheel", "touchmove"]) {
  addEventListener(sign, () => { scrolledByHand = Date.now(); }, { passive: true });
}
addEventListener("keydown", (event) => { if (SCROLLING.has(event.key)) scrolledByHand = Date.now(); });
for (const sign of ["timeupdate", "seeked"]) audio.addEventListener(sign, mark);
audio.addEventListener("play", keepMarking);

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const language = event.target.closest("a[hreflang]");
  const heard = document.querySelector(".line[aria-current]");
  // The same report in another language goes on at the same sentence.
  if (language && heard?.id) language.hash = heard.id;
  const target = event.target.closest("[data-start]");
  if (!target || !getSelection().isCollapsed) return;
  event.preventDefault();
  scrolledByHand = 0;
  audio.currentTime = Number(target.dataset.start);
  audio.play();
});

// Finds what is heard at a time, within an element where one is given, and tells when it is another than before.
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
