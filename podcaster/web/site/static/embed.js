// The embedded player: controls in place of the browser's, a list that plays on, and its height told to the page around it.
const find = (what) => document.querySelector(what);
const audio = find("audio");
const controls = find(".controls");
const scrubber = find("input");
const rates = [1, 1.25, 1.5, 1.75, 2, 0.8];
const items = [...document.querySelectorAll("[data-audio]")];
let seconds = Number(scrubber.max);

function clock(time) {
  const whole = Math.max(0, Math.floor(time));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, String(whole % 60).padStart(2, "0")];
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

function show() {
  scrubber.value = audio.currentTime;
  scrubber.setAttribute("aria-valuetext", `${clock(audio.currentTime)} / ${clock(seconds)}`);
  find("[data-elapsed]").textContent = clock(audio.currentTime);
  find("[data-left]").textContent = `−${clock(seconds - audio.currentTime)}`;
}

function setLength(length) {
  if (!Number.isFinite(length)) return;
  seconds = length;
  scrubber.max = Math.ceil(length);
  show();
}

function choose(item) {
  for (const each of items) each.removeAttribute("aria-current");
  item.setAttribute("aria-current", "true");
  const rate = audio.playbackRate;
  audio.src = item.dataset.audio;
  audio.playbackRate = audio.defaultPlaybackRate = rate;
  find("track")?.remove();
  find("[data-art]").src = item.dataset.picture;
  const title = find("[data-title]");
  title.textContent = item.textContent;
  title.href = item.href;
  setLength(Number(item.dataset.seconds));
  audio.play();
}

const acts = {
  play: () => (audio.paused ? audio.play() : audio.pause()),
  rate: (button) => {
    audio.playbackRate = audio.defaultPlaybackRate = rates[(rates.indexOf(audio.playbackRate) + 1) % rates.length];
    button.textContent = `${audio.playbackRate}×`;
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button) acts[button.dataset.act](button);
  const item = event.target.closest("[data-audio]");
  if (item && !event.metaKey && !event.ctrlKey && !event.shiftKey) { event.preventDefault(); choose(item); }
});
scrubber.addEventListener("input", () => { audio.currentTime = Number(scrubber.value); show(); });
audio.addEventListener("timeupdate", show);
audio.addEventListener("durationchange", () => setLength(audio.duration));
for (const name of ["play", "pause"]) audio.addEventListener(name, () => controls.classList.toggle("playing", !audio.paused));
audio.addEventListener("ended", () => {
  const next = items[items.findIndex((item) => item.hasAttribute("aria-current")) + 1];
  if (next) choose(next);
});
if ("mediaSession" in navigator) {
  audio.addEventListener("play", () => {
    const artwork = [{ src: find("[data-art]").src, sizes: "320x320", type: "image/jpeg" }];
    navigator.mediaSession.metadata = new MediaMetadata({ title: find("[data-title]").textContent, artist: find(".show").textContent, artwork });
  });
}

// A shared moment: the time stands in the file's URL, which `preload="none"` reads late.
const start = Number(find(".embed").dataset.start);
if (start) audio.currentTime = start;

audio.controls = false;
audio.hidden = true;
controls.hidden = false;
show();
new ResizeObserver(() => parent.postMessage({ podcaster: "height", height: Math.ceil(find(".embed").getBoundingClientRect().height) }, "*")).observe(find(".embed"));
