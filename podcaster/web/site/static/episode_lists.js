// Buttons beside an episode, wherever it is shown: play, queue, play all; and which were heard.
import * as playback from "./playback.js";
import { words } from "./player_bar.js";
import * as store from "./store.js";

const { audio, changes } = playback;
const itemOf = (element) => JSON.parse(element.closest("[data-episode]").dataset.episode);

const does = {
  play: (button) => playback.toggle(itemOf(button)),
  next: (button) => playback.playNext(itemOf(button)),
  later: (button) => playback.playLater(itemOf(button)),
  all: (button) => playback.playAll(itemsOf(document.getElementById(button.dataset.list))),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  does[button?.dataset.do]?.(button);
});

// On the start page, the newest report stands apart, and a morning is the first few of all.
function itemsOf(list) {
  const { first, morning } = list.dataset;
  const listed = [...list.querySelectorAll("[data-episode]")].map(itemOf);
  return (first ? [JSON.parse(first), ...listed] : listed).slice(0, Number(morning) || undefined);
}

export function showStates() {
  const now = playback.current()?.id;
  const heard = new Set(store.heard());
  for (const element of document.querySelectorAll("main [data-episode]")) {
    const { id } = itemOf(element);
    const plays = id === now && !audio.paused;
    element.toggleAttribute("data-playing", plays);
    element.classList.toggle("heard-before", heard.has(id));
    for (const button of element.querySelectorAll("[data-do=play]")) label(button, plays);
    for (const button of element.querySelectorAll(".queueing button")) button.ariaDisabled = String(id === now);
  }
}

function label(button, plays) {
  const text = button.querySelector("[data-label]");
  if (text) text.textContent = plays ? text.dataset.labelPause : text.dataset.label;
  if (!button.dataset.pause) return;
  button.dataset.play ??= button.ariaLabel;
  button.ariaLabel = plays ? button.dataset.pause : button.dataset.play;
}

// Continue listening, on the start page.
export function showBegun() {
  const place = document.querySelector("[data-continue] ol");
  if (!place) return;
  document.documentElement.classList.toggle("continues", store.begun().length > 0);
  place.replaceChildren(...store.begun().slice(0, 8).map((item) => {
    const made = Object.assign(document.createElement("li"), { className: "begun" });
    made.dataset.episode = JSON.stringify(item);
    const art = Object.assign(document.createElement("img"), { src: item.art, alt: "", width: 74, height: 74, className: "artwork" });
    const link = Object.assign(document.createElement("a"), { href: item.page, textContent: item.title, lang: item.language, dir: "auto" });
    const bar = Object.assign(document.createElement("progress"), { max: item.seconds, value: store.place(item.id), ariaLabel: item.title });
    const left = Object.assign(document.createElement("p"), { className: "hint" });
    left.textContent = words.time_left.replace("{time}", `${Math.max(1, Math.round((item.seconds - store.place(item.id)) / 60))} ${words.minutes}`);
    const grow = Object.assign(document.createElement("div"), { className: "grow" });
    grow.append(link, bar, left);
    const play = Object.assign(document.createElement("button"), { type: "button", className: "round play", ariaLabel: `${words.play}: ${item.title}` });
    play.dataset.do = "play";
    play.dataset.pause = `${words.pause}: ${item.title}`;
    play.append(...[...document.querySelectorAll(".player [data-act=play] .icon")].map((icon) => icon.cloneNode(true)));
    made.append(art, grow, play);
    return made;
  }));
}

for (const sign of ["play", "pause", "ended", "emptied"]) audio.addEventListener(sign, showStates);
for (const sign of ["heard", "item"]) changes.addEventListener(sign, showStates);
