// Playback: one audio element for the whole visit, what it plays, and what comes next. Pages change around it.
import * as store from "./store.js";

export const audio = document.createElement("audio");
audio.preload = "metadata";
export const changes = new EventTarget();
export const RATES = [0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

let item = null;
let queue = store.readJson("queue", []);
let chapters = [];
let renewed = false;
let asked = false;

export const current = () => item;
export const waiting = () => queue;
export const chapterList = () => chapters;
export const isCurrent = (other) => Boolean(item && other && item.id === other.id);
export const length = () => (Number.isFinite(audio.duration) ? audio.duration : (item?.seconds ?? 0));

function say(name, detail) {
  changes.dispatchEvent(new CustomEvent(name, { detail }));
}

// Loads an episode; it begins at a time, else where it was left. Of what is heard in passing, as a preview, nothing is kept.
export function load(wanted, { at, play = false } = {}) {
  const left = store.place(wanted.id);
  const resumed = at === undefined && left > 10 && left < wanted.seconds - 10;
  keep();
  renewed = asked = false;
  item = wanted;
  if (queue.some((each) => each.id === wanted.id)) setQueue(without(wanted));
  chapters = [];
  audio.src = wanted.audio;
  audio.currentTime = at ?? (resumed ? left : 0);
  if (!wanted.passing) store.writeJson("now", wanted);
  say("item", { resumed: resumed ? left : 0 });
  findChapters(wanted);
  if (play) start();
}

async function findChapters(wanted) {
  let found = wanted.chapters;
  if (!found && wanted.audio.endsWith(".mp3")) {
    const response = await fetch(wanted.audio.replace(/\.mp3$/, ".chapters.json")).catch(() => null);
    const document_ = response?.ok ? await response.json().catch(() => null) : null;
    found = (document_?.chapters ?? []).map((each) => [each.startTime, each.title]);
  }
  if (found && isCurrent(wanted)) {
    chapters = found;
    say("chapters");
  }
}

// A browser may refuse to start without a press; then the player stays paused.
export function start() {
  asked = true;
  audio.play().catch((error) => { if (error.name !== "AbortError" && error.name !== "NotAllowedError") say("fault"); });
}

export function toggle(wanted) {
  if (wanted && !isCurrent(wanted)) load(wanted, { play: true });
  else if (audio.paused) start();
  else audio.pause();
}

export function seek(seconds) {
  audio.currentTime = Math.min(Math.max(0, seconds), length() || Infinity);
}

// Index of the current chapter; -1 if there are none.
export function chapter() {
  return chapters.findLastIndex(([begin]) => begin <= audio.currentTime + 0.05);
}

export function chapterBefore() {
  const now = chapter();
  // Early in a chapter, go to the previous one; later, to the start of this one.
  seek(chapters[audio.currentTime - (chapters[now]?.[0] ?? 0) < 3 ? Math.max(0, now - 1) : now]?.[0] ?? 0);
}

export function chapterAfter() {
  if (chapter() + 1 < chapters.length) seek(chapters[chapter() + 1][0]);
}

// The queue. What plays does not wait in it.
function setQueue(items) {
  queue = items;
  store.writeJson("queue", queue);
  say("queue");
}

const without = (wanted) => queue.filter((each) => each.id !== wanted.id);

export function playNext(wanted) {
  if (isCurrent(wanted)) return;
  setQueue([wanted, ...without(wanted)]);
  if (!item) next();
  else say("queued", wanted);
}

export function playLater(wanted) {
  if (isCurrent(wanted)) return;
  setQueue([...without(wanted), wanted]);
  if (!item) next();
  else say("queued", wanted);
}

export function playAll(items) {
  const [first, ...rest] = items;
  setQueue([...rest, ...queue.filter((each) => !items.some((one) => one.id === each.id))]);
  if (isCurrent(first)) start(); else load(first, { play: true });
}

export const remove = (place) => setQueue(queue.toSpliced(place, 1));
export const clear = () => setQueue([]);

export function moveUp(place) {
  const items = [...queue];
  [items[place - 1], items[place]] = [items[place], items[place - 1]];
  setQueue(items);
}

export function jump(place) {
  const wanted = queue[place];
  setQueue(queue.slice(place + 1));
  load(wanted, { play: true });
}

export function next() {
  if (queue.length) jump(0);
}

// Speed.
export function setRate(rate) {
  audio.defaultPlaybackRate = audio.playbackRate = rate;
}

export function stepRate(direction) {
  const now = RATES.findLastIndex((rate) => rate <= audio.playbackRate + 0.001);
  setRate(RATES[Math.min(Math.max(0, now + direction), RATES.length - 1)]);
}

audio.addEventListener("ratechange", () => store.write("rate", audio.playbackRate));
const lastRate = Number(store.read("rate"));
if (lastRate >= 0.5 && lastRate <= 4) setRate(lastRate);

// Positions.
function keep() {
  if (item && !item.passing && audio.currentTime > 0 && !audio.ended) store.keepPlace(item, audio.currentTime);
}

let keptAt = 0;
audio.addEventListener("timeupdate", () => {
  if (!audio.paused && Math.abs(audio.currentTime - keptAt) > 5) { keptAt = audio.currentTime; keep(); }
});
audio.addEventListener("pause", keep);
addEventListener("pagehide", keep);

audio.addEventListener("ended", () => {
  if (!item.passing) store.noteHeard(item.id);
  store.dropPlace(item.id);
  say("heard", item);
  next();
});

// An episode may have been made anew since it was queued: its page names the file of today.
audio.addEventListener("error", async () => {
  const failed = item, at = audio.currentTime, playing = !audio.paused;
  const found = renewed ? null : await itemOfToday(failed);
  renewed = true;
  if (!isCurrent(failed)) return;
  if (found && found.audio !== failed.audio) load(found, { at, play: playing });
  else if (asked) say("fault");
});

async function itemOfToday(old) {
  const response = await fetch(old.page, { headers: { accept: "text/html" } }).catch(() => null);
  if (!response?.ok) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-page]");
  return page ? JSON.parse(page.dataset.episode) : null;
}

// The file of the next episode is opened before this one ends.
let prepared = "";
audio.addEventListener("timeupdate", () => {
  const coming = queue[0]?.audio;
  if (!coming || coming === prepared || length() - audio.currentTime > 30) return;
  prepared = coming;
  const early = new Audio();
  early.preload = "auto";
  early.src = coming;
});
