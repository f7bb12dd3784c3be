// What the pages do beyond what they say: addresses are copied; the transcript follows the voice, a click goes there.
document.documentElement.classList.add("scripted");

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

for (const address of document.querySelectorAll("input[readonly]")) {
  address.addEventListener("focus", () => address.select());
}

const audio = document.querySelector("audio");
if (audio) follow(audio);

function follow(audio) {
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

  function mark() {
    const seconds = audio.currentTime > 0 || !audio.paused ? audio.currentTime : -1;
    // Where a sentence's words have no times, the last word of the one before must not stay marked.
    word(seconds, line(seconds) ?? null);
  }

  // Words are shorter than the time between two timeupdates.
  function keepMarking() {
    mark();
    if (!audio.paused && !audio.ended) requestAnimationFrame(keepMarking);
  }

  for (const sign of ["wheel", "touchmove", "keydown"]) {
    addEventListener(sign, () => { scrolledByHand = Date.now(); }, { passive: true });
  }
  for (const sign of ["timeupdate", "seeked"]) audio.addEventListener(sign, mark);
  audio.addEventListener("play", keepMarking);

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-start]");
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey || !getSelection().isCollapsed) return;
    event.preventDefault();
    scrolledByHand = 0;
    audio.currentTime = Number(target.dataset.start);
    audio.play();
  });
}

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
