// What needs a look: flagged lines one after the other, until none is left.
import { ask, fill, quietly, words } from "./desk_talk.js";

export function openLook({ article, language }, pairs) {
  const place = document.getElementById("look");
  if (!place) return { seen() {} };
  const flagged = pairs.filter((pair) => pair.classList.contains("flagged"));
  const etag = (pair) => JSON.parse(pair.dataset.line).etag;
  // Kept in this tab: a reload, and the way to another language and back, ask for nothing again.
  const key = (tag) => `podcaster-desk:seen:${article}:${tag}`;
  const kept = JSON.parse(sessionStorage.getItem(key(language)) ?? "[]");
  // Languages of the report without a flagged line that was not looked at.
  const done = new Set(JSON.parse(sessionStorage.getItem(`podcaster-desk:done:${article}`) ?? "[]"));
  const ways = [...place.querySelectorAll("[data-language]")];
  const status = place.querySelector("[role=status]");
  // Whether something waits for the next render.
  let changed = false;

  function show() {
    const left = flagged.filter((pair) => !pair.classList.contains("seen")).length;
    document.querySelector("[data-view=flagged] .count").textContent = left;
    status.textContent = left === 1 ? words.look_line : left ? fill(words.look_lines, { count: left }) : words.looked_at;
    place.classList.toggle("done", !left);
    if (left) done.delete(language);
    else done.add(language);
    sessionStorage.setItem(`podcaster-desk:done:${article}`, JSON.stringify([...done]));
    if (left) return;
    document.getElementById("doubts")?.querySelector("[data-lines]")?.remove();
    const publish = document.getElementById("publish");
    publish?.classList.add("button");
    // The dialog offers first what is to be done now.
    for (const each of document.querySelectorAll("#preview [autofocus]")) each.autofocus = false;
    if (publish) publish.autofocus = true;
    for (const each of ways) each.hidden = done.has(each.dataset.language);
  }

  function keep() {
    const seen = flagged.filter((pair) => pair.classList.contains("seen"));
    sessionStorage.setItem(key(language), JSON.stringify(seen.map(etag)));
    return seen.length === flagged.length;
  }

  async function seen(pair, { goOn = false } = {}) {
    if (!flagged.includes(pair)) return;
    pair.classList.add("seen");
    const all = keep();
    show();
    if (goOn) (flagged.find((each) => !each.classList.contains("seen")) ?? document.getElementById(changed ? "rerender" : "preview-open") ?? pair).focus();
    // The report as a whole has been looked at once no language has a flagged line left.
    if (all && ways.every((each) => each.hidden)) await ask("PUT", `/api/articles/${article}/reviewed`);
  }

  // An entry answers the lines that were flagged for its word alone: the next render makes and checks them anew.
  const ANSWERED = { words: [".text", ["heard"]], terms: [".source", ["names", "unknown"]] };
  document.addEventListener("settled", ({ detail }) => {
    changed = true;
    if (!detail) return;
    const [side, kinds] = ANSWERED[detail.key];
    const answered = (pair) => !pair.classList.contains("seen") && pair.querySelector(side).textContent.includes(detail.entry)
      && [...pair.querySelectorAll(".flag")].every((flag) => kinds.includes(flag.dataset.kind));
    for (const pair of flagged.filter(answered)) quietly(seen)(pair, { goOn: true });
  });

  for (const pair of flagged) pair.classList.toggle("seen", kept.includes(etag(pair)));
  show();
  return { seen: quietly(seen) };
}
