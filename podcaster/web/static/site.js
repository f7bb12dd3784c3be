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
if (audio) follow(audio, [...document.querySelectorAll(".line")]);

function follow(audio, lines) {
  const starts = lines.map((line) => Number(line.dataset.start));
  let current = -1;
  let scrolledByHand = 0;

  function lineAt(seconds) {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= seconds + 0.05) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  function mark() {
    const place = audio.currentTime > 0 || !audio.paused ? lineAt(audio.currentTime) : -1;
    if (place === current) return;
    lines[current]?.removeAttribute("aria-current");
    current = place;
    lines[place]?.setAttribute("aria-current", "true");
    // Whoever reads elsewhere in the text is not torn away from it.
    if (!audio.paused && Date.now() - scrolledByHand > 4000) lines[place]?.scrollIntoView({ block: "center" });
  }

  for (const sign of ["wheel", "touchmove", "keydown"]) {
    addEventListener(sign, () => { scrolledByHand = Date.now(); }, { passive: true });
  }
  for (const sign of ["timeupdate", "seeked", "play"]) audio.addEventListener(sign, mark);

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-start]");
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey || !getSelection().isCollapsed) return;
    event.preventDefault();
    scrolledByHand = 0;
    audio.currentTime = Number(target.dataset.start);
    audio.play();
  });
}
