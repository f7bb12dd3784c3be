// The inbox by keyboard, and the progress of what is in work.
import { ask, on, quietly } from "./desk_talk.js";

const items = [...document.querySelectorAll(".report-row")];
const link = (item) => item?.querySelector(".name");
const current = () => document.activeElement.closest?.(".report-row");
const search = document.querySelector("#filters [type=search]");
const me = document.querySelector(".who span").textContent.replace(/ \(\w+\)$/, "");

function move(step) {
  const place = items.indexOf(current());
  const next = place < 0 ? (step > 0 ? 0 : items.length - 1) : place + step;
  link(items[next])?.focus();
}
async function change(path, method, body) {
  const item = current();
  if (!item) return;
  await ask(method, `/api/articles/${item.dataset.article}/${path}`, body);
  location.reload();
}
const acts = {
  j: () => move(1),
  k: () => move(-1),
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  "/": () => search.focus(),
  e: () => change("reviewed", "PUT"),
  a: () => change("assignee", "PUT", { editor: me }),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === search && event.key === "Escape") return link(items[0])?.focus();
  if (event.target.closest("input, textarea, select, dialog[open]")) return;
  const tabs = document.querySelectorAll("[data-tab]");
  if (event.key in acts) quietly(acts[event.key])();
  else if (/^[1-9]$/.test(event.key) && tabs[event.key - 1]) location.assign(tabs[event.key - 1].href);
  else return;
  event.preventDefault();
});
for (const item of items) {
  item.addEventListener("click", (event) => {
    if (!event.target.closest("a, button") && getSelection().isCollapsed) location.assign(link(item).href);
  });
}

// ---- filters apply at once
for (const each of document.querySelectorAll("#filters select")) {
  each.addEventListener("change", () => each.form.requestSubmit());
}
on("filters", "submit", ({ target }) => {
  for (const each of target.elements) each.disabled ||= each.name && !each.value;
});

// ---- what is in work
let leaving = false; // a reload would cancel the way to another page that has begun
addEventListener("beforeunload", () => {
  leaving = true;
});
const MOST_WATCHED = 4; // a browser has six connections for a host over HTTP/1.1
for (const item of items.filter((each) => each.dataset.render).slice(0, MOST_WATCHED)) {
  const events = new EventSource(`/api/renders/${item.dataset.render}/events`);
  const bar = item.querySelector("progress");
  events.addEventListener("progress", ({ data }) => {
    const { state, languages } = JSON.parse(data);
    const known = Object.values(languages).filter((each) => each.lines);
    if (known.length) bar.value = known.reduce((sum, each) => sum + each.done / each.lines, 0) / Object.keys(languages).length;
    if (["queued", "running"].includes(state)) return;
    events.close();
    if (!leaving && !document.activeElement.closest("#filters")) location.reload();
  });
}
