// The transcript follows the voice; a click on a line or chapter goes there.
const audio = document.querySelector("audio");
const lines = [...document.querySelectorAll(".line")];
const starts = lines.map((line) => Number(line.dataset.start));
document.documentElement.classList.add("js");
let current = -1;

function placeOf(seconds) {
  let low = 0, high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= seconds + 0.05) low = middle + 1; else high = middle;
  }
  return low - 1;
}

function follow() {
  const place = placeOf(audio.currentTime);
  if (place === current) return;
  lines[current]?.removeAttribute("aria-current");
  current = place;
  const line = lines[place];
  if (!line) return;
  line.setAttribute("aria-current", "true");
  if (!audio.paused) line.scrollIntoView({ block: "center" });
}

function go(seconds) {
  audio.currentTime = seconds;
  audio.play();
}

audio.addEventListener("timeupdate", follow);
audio.addEventListener("seeked", follow);
document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-start]");
  if (!target) return;
  event.preventDefault();
  go(Number(target.dataset.start));
});
