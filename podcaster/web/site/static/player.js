// The player: skips, chapters, speed, sleep timer, keys, links to a time, and the position, stored in this browser only.
const player = document.querySelector(".player");
const audio = player.querySelector("audio");
const find = (what) => document.querySelector(what);
const said = find("[data-said]");
const starts = [...document.querySelectorAll(".chapter")].map((each) => Number(each.dataset.start));
const place = `podcaster:place:${player.dataset.episode}`;
const PLACES = 100;

// Storage may be disabled; then nothing is stored.
const kept = {
  get(name) { try { return localStorage.getItem(name); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(name, value); } catch { return; } },
  drop(name) { try { localStorage.removeItem(name); } catch { return; } },
  places() { try { return Object.keys(localStorage).filter((name) => name.startsWith("podcaster:place:")); } catch { return []; } },
};

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, String(whole % 60).padStart(2, "0")];
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

function go(seconds) {
  audio.currentTime = Math.min(Math.max(0, seconds), audio.duration || Infinity);
}

// Index of the current chapter; -1 if there are none.
function chapter() {
  return starts.findLastIndex((start) => start <= audio.currentTime + 0.05);
}

const acts = {
  play: () => (audio.paused ? audio.play() : audio.pause()),
  back: () => go(audio.currentTime - 15),
  forward: () => go(audio.currentTime + 30),
  "chapter-before": () => {
    const now = chapter();
    // Early in a chapter, go to the previous one; later, to the start of this one.
    go(starts[audio.currentTime - starts[now] < 3 ? Math.max(0, now - 1) : now] ?? 0);
  },
  "chapter-after": () => { if (chapter() + 1 < starts.length) go(starts[chapter() + 1]); },
  start: () => { find("[data-continued]").hidden = true; go(0); audio.play(); },
  share,
  faster: () => step(1),
  slower: () => step(-1),
  keys: () => {
    const keys = find(".keys");
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button) acts[button.dataset.act]();
});

// Speed, restored from the last visit.
const rates = find("[data-rates]");
const offered = [...rates.options].map((each) => Number(each.value));

function step(direction) {
  const now = offered.findLastIndex((rate) => rate <= audio.playbackRate + 0.001);
  audio.playbackRate = offered[Math.min(Math.max(0, now + direction), offered.length - 1)];
}

function setRate(rate) {
  audio.defaultPlaybackRate = audio.playbackRate = rate;
}

rates.addEventListener("change", () => setRate(Number(rates.value)));
audio.addEventListener("ratechange", () => {
  rates.value = String(offered.find((rate) => Math.abs(rate - audio.playbackRate) < 0.01) ?? "");
  kept.set("podcaster:rate", audio.playbackRate);
});
const lastRate = Number(kept.get("podcaster:rate"));
if (lastRate >= 0.5 && lastRate <= 4) setRate(lastRate);

// Start position: from the URL's time or sentence, else the stored one.
function named() {
  const time = /^#t=(?:(\d+):)?(?:(\d+):)?(\d+(?:\.\d+)?)$/.exec(location.hash);
  if (time) {
    const [hours, minutes] = time[2] === undefined ? [0, time[1] ?? 0] : [time[1], time[2]];
    return Number(hours) * 3600 + Number(minutes) * 60 + Number(time[3]);
  }
  const line = location.hash.startsWith("#line-") && document.getElementById(location.hash.slice(1));
  return line ? Number(line.dataset.start) : undefined;
}

function begin() {
  const stopped = Number(kept.get(place)?.split(" ")[0]);
  if (named() !== undefined) {
    go(named());
  } else if (stopped > 10 && stopped < audio.duration - 10) {
    const note = find("[data-continued]");
    note.firstElementChild.textContent = note.dataset.continued.replace("{time}", clock(stopped));
    note.hidden = false;
    go(stopped);
  }
}

if (audio.readyState) begin(); else audio.addEventListener("loadedmetadata", begin, { once: true });
addEventListener("hashchange", () => { if (named() !== undefined) go(named()); });

function keep() {
  if (audio.currentTime > 0 && !audio.ended) kept.set(place, `${audio.currentTime.toFixed(1)} ${Date.now()}`);
  const old = kept.places().sort((one, other) => kept.get(other).split(" ")[1] - kept.get(one).split(" ")[1]);
  for (const name of old.slice(PLACES)) kept.drop(name);
}

let keptAt = 0;
audio.addEventListener("timeupdate", () => {
  if (!audio.paused && Math.abs(audio.currentTime - keptAt) > 5) { keptAt = audio.currentTime; keep(); }
});
audio.addEventListener("pause", keep);
addEventListener("pagehide", keep);
audio.addEventListener("ended", () => kept.drop(place));

// Link to the current time; it is put into the address bar even if it cannot be copied.
async function share() {
  const url = new URL(location.href);
  url.hash = `t=${Math.floor(audio.currentTime)}`;
  history.replaceState(null, "", url);
  const copied = await navigator.clipboard?.writeText(url.href).then(() => true, () => false);
  said.textContent = copied ? `${find("[data-act=share]").dataset.copied}: ${url.href}` : url.href;
}

// Sleep timer. The last seconds fade out, so that a listener who is awake can extend it.
const sleep = find("[data-sleep]");
const FADE = 8;
let until = 0, end = 0, loud = 1;

sleep.addEventListener("change", () => {
  wake();
  if (sleep.value === "chapter") end = starts[chapter() + 1] ?? audio.duration;
  else if (sleep.value) until = Date.now() + Number(sleep.value) * 60000;
  tire();
});

function wake() {
  if (until || end) audio.volume = loud;
  [until, end, loud] = [0, 0, audio.volume];
  said.textContent = "";
}

function tire() {
  if (!until && !end) return;
  const left = end ? (end - audio.currentTime) / audio.playbackRate : (until - Date.now()) / 1000;
  said.textContent = sleep.dataset.left.replace("{time}", clock(left + 0.99));
  if (left > FADE) loud = audio.volume;
  else audio.volume = loud * Math.max(0, left / FADE);
  if (left > 0.05) {
    if (left < 1) setTimeout(tire, left * 1000);
    return;
  }
  audio.pause();
  sleep.value = "";
  wake();
}

// The chapter timer refers to the current chapter.
audio.addEventListener("seeked", () => { if (end) end = starts[chapter() + 1] ?? audio.duration; });
audio.addEventListener("timeupdate", tire);
setInterval(tire, 1000);

// Keyboard shortcuts, unless a field or button has the focus, or they are turned off (WCAG 2.2, 2.1.4).
const KEYS = {
  k: "play", j: "back", l: "forward", ArrowLeft: "back", ArrowRight: "forward", p: "chapter-before", n: "chapter-after",
  "+": "faster", "-": "slower", s: "share", "?": "keys",
};
const on = find("[data-keys]");
on.checked = kept.get("podcaster:keys") !== "off";
on.addEventListener("change", () => kept.set("podcaster:keys", on.checked ? "on" : "off"));

document.addEventListener("keydown", (event) => {
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const taken = event.target.closest("input, textarea, select, button, summary, audio, [contenteditable]");
  if (!act || !on.checked || taken || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  event.preventDefault();
  acts[act]();
});

// Media session: lock screen metadata and media keys.
if ("mediaSession" in navigator) {
  const { title, artist, album, cover } = player.dataset;
  const artwork = [{ src: new URL(cover, location.href).href, type: "image/jpeg" }];
  const handlers = {
    seekbackward: acts.back, seekforward: acts.forward,
    seekto: (asked) => go(asked.seekTime),
    ...(starts.length ? { previoustrack: acts["chapter-before"], nexttrack: acts["chapter-after"] } : {}),
  };
  audio.addEventListener("play", () => { navigator.mediaSession.metadata = new MediaMetadata({ title, artist, album, artwork }); });
  for (const [name, does] of Object.entries(handlers)) {
    // Browsers support different actions.
    try { navigator.mediaSession.setActionHandler(name, does); } catch { continue; }
  }
}
