// Episodes saved on this device: the service worker answers for them when there is no network.
import { pageItem } from "./episode_page.js";
import { words } from "./player_bar.js";
import * as store from "./store.js";

const SAVED = "podcaster-saved";
const able = "serviceWorker" in navigator && "caches" in window;
export const saved = () => store.readJson("saved", []);

if (able) navigator.serviceWorker.register("/sw.js").catch(() => {});

const files = (item) => [item.audio, item.page, item.art, item.audio.replace(/\.mp3$/, ".chapters.json")];

async function save(item) {
  const cache = await caches.open(SAVED);
  await navigator.storage?.persist?.();
  // Chapters may be missing; the rest may not.
  const [audio, page, art, chapters] = files(item);
  await Promise.all([cache.add(audio), cache.add(new Request(page, { headers: { accept: "text/html" } })), cache.add(art), cache.add(chapters).catch(() => {})]);
  store.writeJson("saved", [...saved().filter((each) => each.id !== item.id), item]);
}

async function forget(item) {
  const cache = await caches.open(SAVED);
  const shared = new Set(saved().filter((each) => each.id !== item.id).flatMap(files));
  for (const file of files(item)) if (!shared.has(file)) await cache.delete(file);
  store.writeJson("saved", saved().filter((each) => each.id !== item.id));
}

// The button of an episode's page, and the list of the page for when there is no network.
export function showSaved() {
  const button = document.querySelector("[data-do=save]");
  if (button) show(button, saved().some((each) => each.id === pageItem()?.id));
  const list = document.querySelector("[data-saved]");
  if (list) list.replaceChildren(...saved().map(row));
  document.querySelector("[data-offline]")?.toggleAttribute("hidden", navigator.onLine);
  document.querySelector("[data-none-saved]")?.toggleAttribute("hidden", saved().length > 0);
}

function row(item) {
  const made = Object.assign(document.createElement("li"), { className: "episode" });
  made.dataset.episode = JSON.stringify(item);
  const art = Object.assign(document.createElement("img"), { src: item.art, alt: "", width: 96, height: 96, className: "artwork" });
  const link = Object.assign(document.createElement("a"), { href: item.page, textContent: item.title, lang: item.language, dir: "auto" });
  const heading = document.createElement("h2");
  heading.append(link);
  const grow = Object.assign(document.createElement("div"), { className: "grow" });
  grow.append(heading);
  const play = Object.assign(document.createElement("button"), { type: "button", className: "round play", ariaLabel: `${words.play}: ${item.title}` });
  play.dataset.do = "play";
  play.dataset.pause = `${words.pause}: ${item.title}`;
  play.append(...[...document.querySelectorAll(".player [data-act=play] .icon")].map((icon) => icon.cloneNode(true)));
  made.append(art, grow, play);
  return made;
}

function show(button, kept, text = kept ? words.saved_offline : words.save_offline) {
  button.hidden = !able;
  button.setAttribute("aria-pressed", kept);
  button.ariaLabel = button.title = text;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-do=save]");
  if (!button) return;
  const item = pageItem(), note = document.querySelector("[data-said]");
  if (saved().some((each) => each.id === item.id)) {
    await forget(item);
    note.textContent = "";
    show(button, false);
    return;
  }
  note.textContent = words.saving;
  try {
    await save(item);
    show(button, true);
    note.textContent = words.saved_offline;
  } catch {
    await forget(item);
    note.textContent = words.not_saved;
  }
});
