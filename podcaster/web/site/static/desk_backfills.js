// Archive imports: start, watch, pause, stop. Each is rendered from its document, at first and on every event.
import { ask, element, figure, locale, on, quietly, say, words } from "./desk_talk.js";

const MOST_WATCHED = 4; // a browser has six connections for a host over HTTP/1.1

const has_ended = ({ state }) => ["done", "cancelled"].includes(state);
const said = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
const moment = (time) => new Date(time).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });
const names = { running: words.backfill_running };

function facts(now) {
  const found = [said(words.reports_done, { done: figure(now.done), total: figure(now.total) })];
  if (now.listing && !has_ended(now)) found.push(words.listed_still);
  if (now.failed) found.push(said(words.reports_failed, { failed: figure(now.failed) }));
  if (now.rate_per_minute) found.push(said(words.per_minute, { rate: figure(now.rate_per_minute) }));
  if (now.expected_end && !has_ended(now)) found.push(said(words.until, { end: moment(now.expected_end) }));
  if (now.ended) found.push(moment(now.ended));
  return found;
}

// Existing nodes are kept, so that text selection and focus survive an update.
function show(item, now) {
  const [state, bar, turn, end] = ["[data-state]", "progress", "[data-turn]", "[data-end]"].map((each) => item.querySelector(each));
  state.textContent = names[now.state] || words[now.state];
  state.className = `state ${now.state}`;
  Object.assign(bar, { max: now.total || 1, value: now.total - now.waiting - now.rendering });
  item.querySelector("[data-facts]").replaceChildren(...facts(now).map((each) => element("span", "", each)));
  const why = item.querySelector("[data-said]");
  why.hidden = !now.said || has_ended(now);
  why.textContent = now.held_until ? `${now.said} ${said(words.until, { end: moment(now.held_until) })}` : now.said;
  turn.textContent = now.state === "paused" ? words.resume : words.pause;
  turn.dataset.turn = now.state === "paused" ? "resume" : "pause";
  turn.hidden = end.hidden = has_ended(now);
  const failed = item.querySelector("details");
  failed.hidden = !now.failures.length;
  failed.querySelector("summary").textContent = `${words.what_failed}: ${figure(Math.max(now.failed, now.failures.length))}`; // a failed listing is a failure, too, but no report
  const list = failed.querySelector("ul");
  for (const { name, error } of now.failures.slice(list.children.length)) {
    list.append(element("li", "", error.includes(name) ? error : `${name}: ${error}`));
  }
}

function open(item, place) {
  const first = JSON.parse(item.dataset.backfill);
  const address = `/api/backfills/${first.backfill}`;
  const change = async (what) => {
    await ask("POST", `${address}/${what}`);
    show(item, (await ask("GET", address)).content);
  };
  item.querySelector("[data-turn]").addEventListener("click", quietly(({ target }) => change(target.dataset.turn)));
  item.querySelector("[data-end]").addEventListener("click", quietly(() => change("cancel")));
  show(item, first);
  if (has_ended(first) || place >= MOST_WATCHED) return;
  // The browser reconnects by itself, with the id of the last event.
  const events = new EventSource(`${address}/events`);
  events.addEventListener("progress", ({ data }) => {
    const now = JSON.parse(data);
    show(item, now);
    if (has_ended(now)) events.close();
  });
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) say(words.unreachable);
  });
}

const items = [...document.querySelectorAll("li[data-backfill]")];
items
  .sort((one, other) => has_ended(JSON.parse(one.dataset.backfill)) - has_ended(JSON.parse(other.dataset.backfill)))
  .forEach(open);

on("take-in", "submit", async (event) => {
  event.preventDefault();
  const data = new FormData(event.target);
  const text = (name) => data.get(name).trim();
  const urls = text("urls").split(/\s+/).filter(Boolean);
  if (Boolean(text("url")) === Boolean(urls.length)) return say(words.one_archive);
  const chosen = data.getAll("language");
  const all = event.target.querySelectorAll("[name=language]").length;
  const begin = event.target.querySelector("button");
  begin.disabled = true;
  try {
    await ask("POST", "/api/backfills", {
      ...(urls.length ? { urls } : { url: text("url") }),
      only: text("only"),
      name: text("name"),
      ...(chosen.length && chosen.length < all && { languages: chosen }),
    });
    location.reload();
  } finally {
    begin.disabled = false;
  }
});
