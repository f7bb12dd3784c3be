// Highlights the sentence or word being heard; a click plays from there.
const SCROLLING = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]);
const audio = document.querySelector(".player audio");
let scrolledByHand = 0;

const line = pointer(document.querySelectorAll(".line"), (now, before) => {
  before?.removeAttribute("aria-current");
  now?.setAttribute("aria-current", "true");
  // Do not scroll away from text that is being read.
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
  // A sentence without word times must clear the highlight of the last word before it.
  word(seconds, line(seconds) ?? null);
  chapter(seconds);
}

// Words are shorter than the interval of timeupdate.
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
  // Links to other languages keep the sentence.
  if (language && heard?.id) language.hash = heard.id;
  const target = event.target.closest("[data-start]");
  if (!target || !getSelection().isCollapsed) return;
  event.preventDefault();
  scrolledByHand = 0;
  audio.currentTime = Number(target.dataset.start);
  audio.play();
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
