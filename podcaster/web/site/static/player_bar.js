// The player's bar: buttons, scrubber, speed, sleep timer, queue, keys.
import { clock } from "./clock.js";
import { showOnLockScreen } from "./media_session.js";
import * as playback from "./playback.js";
import { putToSleep, sleepLabel } from "./sleep_timer.js";
import * as store from "./store.js";

const { audio, changes } = playback;
const bar = document.querySelector(".player");
const keysDialog = document.querySelector("dialog.keys");
const find = (what) => bar.querySelector(what);
export const words = JSON.parse(bar.dataset.words);
const said = find("[data-player-said]");
const scrubber = find("[data-seek]"), peek = find(".peek");
bar.append(audio);

export function announce(text) {
  const live = document.querySelector("[data-announce]");
  live.textContent = "";
  live.textContent = text;
}

// The player speaks the language of the page that is shown.
const LABELLED = "[aria-label]:not(.jump), [title], .unseen, option, h2, [data-empty], [data-act=clear]";
export function speakAs(page) {
  const wanted = page.querySelector(".player");
  Object.assign(words, JSON.parse(wanted.dataset.words));
  for (const [ours, theirs] of [[bar, wanted], [keysDialog, page.querySelector("dialog.keys")]]) {
    const labelled = (each) => [each, ...each.querySelectorAll(`:is(${LABELLED}):not(.queue-rows *)`)];
    const others = labelled(theirs);
    labelled(ours).forEach((element, place) => {
      for (const name of ["aria-label", "title", "lang", "dir"]) {
        const value = others[place].getAttribute(name);
        if (value === null) element.removeAttribute(name); else element.setAttribute(name, value);
      }
      if (!element.children.length) element.textContent = others[place].textContent;
    });
  }
  showQueue();
}

export const acts = {
  play: () => playback.toggle(),
  back: () => playback.seek(audio.currentTime - 15),
  forward: () => playback.seek(audio.currentTime + 30),
  "chapter-before": playback.chapterBefore,
  "chapter-after": playback.chapterAfter,
  skip: playback.next,
  faster: () => playback.stepRate(1),
  slower: () => playback.stepRate(-1),
  queue: () => open("queue", find(".queue").hidden),
  clear: () => { playback.clear(); find("[data-act=queue]").focus(); },
  expand: () => expand(bar.dataset.open === undefined),
  keys: () => { if (keysDialog.open) keysDialog.close(); else keysDialog.showModal(); },
  share: () => document.querySelector("[data-do=share]")?.click(),
};

bar.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button) acts[button.dataset.act]();
});
find(".now").addEventListener("click", () => expand(false));

function open(name, shown) {
  find(`.${name}`).hidden = !shown;
  find(`[data-act=${name}]`).setAttribute("aria-expanded", shown);
}

function expand(shown) {
  bar.toggleAttribute("data-open", shown);
  find("[data-act=expand]").setAttribute("aria-expanded", shown);
}

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || keysDialog.open) return;
  if (!find(".queue").hidden) { open("queue", false); find("[data-act=queue]").focus(); } else if (bar.dataset.open !== undefined) { expand(false); find("[data-act=expand]").focus(); }
});

// What plays.
function showItem() {
  const item = playback.current();
  bar.hidden = false;
  document.documentElement.classList.add("has-bar");
  find("[data-title]").textContent = item.title;
  find("[data-title]").lang = item.language;
  find("[data-show]").textContent = item.by || item.show;
  find("[data-art]").src = item.art;
  find(".now").href = item.page;
  said.textContent = "";
  showChapters();
  showTime();
}

function showChapters() {
  const chapters = playback.chapterList(), length = playback.length();
  bar.toggleAttribute("data-chapters", chapters.length > 1);
  find(".marks").replaceChildren(...chapters.slice(1).filter(() => length > 0).map(([start]) => {
    const mark = document.createElement("i");
    mark.style.insetInlineStart = `${(start / length) * 100}%`;
    return mark;
  }));
}

function showTime() {
  const length = playback.length(), now = audio.currentTime;
  find("[data-elapsed]").textContent = clock(now);
  find("[data-left]").textContent = `−${clock(length - now)}`;
  scrubber.max = Math.floor(length);
  if (!scrubbing) scrubber.value = Math.floor(now);
  scrubber.setAttribute("aria-valuetext", words.of_time.replace("{time}", clock(now)).replace("{total}", clock(length)));
  find(".scrubber").style.setProperty("--played", `${length ? (Number(scrubber.value) / length) * 100 : 0}%`);
}

function showState() {
  bar.toggleAttribute("data-playing", !audio.paused);
}

let scrubbing = false;
scrubber.addEventListener("input", () => { scrubbing = true; peekAt(Number(scrubber.value) / (playback.length() || 1)); showTime(); });
scrubber.addEventListener("change", () => { scrubbing = false; playback.seek(Number(scrubber.value)); peek.hidden = true; });
find(".scrubber").addEventListener("pointermove", (event) => {
  const box = scrubber.getBoundingClientRect();
  const share = (event.clientX - box.left) / box.width;
  peekAt(scrubber.matches(":dir(rtl)") ? 1 - share : share);
});
find(".scrubber").addEventListener("pointerleave", () => { peek.hidden = true; });

function peekAt(share) {
  const seconds = Math.min(Math.max(0, share), 1) * playback.length();
  const chapter = playback.chapterList().findLast(([start]) => start <= seconds);
  peek.textContent = chapter ? `${clock(seconds)} · ${chapter[1]}` : clock(seconds);
  peek.hidden = false;
  const half = peek.offsetWidth / 2, width = scrubber.offsetWidth;
  peek.style.left = `${Math.min(Math.max(half + 4, share * width), width - half - 4)}px`;
}

changes.addEventListener("item", showItem);
changes.addEventListener("chapters", showChapters);
changes.addEventListener("fault", () => { said.textContent = words.not_played; showState(); });
for (const sign of ["timeupdate", "seeked", "durationchange", "loadedmetadata"]) audio.addEventListener(sign, showTime);
audio.addEventListener("durationchange", showChapters);
for (const sign of ["play", "pause", "ended", "emptied"]) audio.addEventListener(sign, showState);

// The queue.
function showQueue() {
  const items = playback.waiting();
  find("[data-count]").textContent = items.length || "";
  find("[data-count]").hidden = !items.length;
  find("[data-empty]").hidden = items.length > 0;
  find("[data-act=clear]").hidden = find("[data-act=skip]").disabled = !items.length;
  find(".queue ol").replaceChildren(...items.map(row));
}

function row(item, place) {
  const made = document.createElement("li");
  const art = Object.assign(document.createElement("img"), { src: item.art, alt: "", width: 42, height: 42, className: "artwork" });
  const title = Object.assign(document.createElement("span"), { textContent: item.title, lang: item.language, dir: "auto" });
  const jump = button("jump", () => playback.jump(place), `${words.play}: ${item.title}`);
  jump.append(title);
  made.append(art, jump);
  if (place > 0) made.append(button("plain round", () => { playback.moveUp(place); focusRow(place - 1); }, `${words.move_up}: ${item.title}`, "↑"));
  made.append(button("plain round", () => { playback.remove(place); focusRow(Math.min(place, playback.waiting().length - 1)); }, `${words.remove}: ${item.title}`, "×"));
  return made;
}

function focusRow(place) {
  (find(`.queue li:nth-child(${place + 1}) .jump`) ?? find("[data-act=queue]")).focus();
}

function button(className, pressed, label, text = "") {
  const made = Object.assign(document.createElement("button"), { type: "button", className, textContent: text, ariaLabel: label });
  made.addEventListener("click", pressed);
  return made;
}

changes.addEventListener("queue", showQueue);
changes.addEventListener("queued", ({ detail }) => {
  said.textContent = words.queued.replace("{title}", detail.title);
  setTimeout(() => { if (said.textContent.includes(detail.title)) said.textContent = ""; }, 4000);
});
showQueue();

// Speed.
const rates = find("[data-rates]");
function showRate() {
  rates.value = String([...rates.options].map((each) => Number(each.value)).find((rate) => Math.abs(rate - audio.playbackRate) < 0.01) ?? "");
}
rates.addEventListener("change", () => playback.setRate(Number(rates.value)));
audio.addEventListener("ratechange", showRate);
showRate();

// Sleep timer.
putToSleep(find("[data-sleep]"), (left) => { said.textContent = left === null ? "" : sleepLabel(words.sleep_left, left); });

// Keyboard shortcuts, unless a field or button has the focus, or they are turned off (WCAG 2.2, 2.1.4).
const KEYS = {
  k: "play", j: "back", l: "forward", ArrowLeft: "back", ArrowRight: "forward", p: "chapter-before", n: "chapter-after",
  "+": "faster", "-": "slower", s: "share", "?": "keys",
};
const on = keysDialog.querySelector("[data-keys]");
on.checked = store.read("keys") !== "off";
on.addEventListener("change", () => store.write("keys", on.checked ? "on" : "off"));

document.addEventListener("keydown", (event) => {
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const taken = event.target.closest("input, textarea, select, button, summary, audio, dialog, [contenteditable]");
  if (!act || !on.checked || taken || bar.hidden || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  event.preventDefault();
  acts[act]();
});

showOnLockScreen(acts);
