// Script lines: playback, editing, keyboard navigation.
import { ask, button, element, quietly, say, words } from "./desk_talk.js";

const TOOLS = { r: "rerender", s: "cancel", g: "glossary", x: "lexicon" };

export function openLines({ article, language, audio: heard }) {
  const pairs = [...document.querySelectorAll(".pair[data-index]")];
  const script = `/api/articles/${article}/scripts/${language}`;
  const player = document.getElementById("audio");
  const lineOf = (pair) => JSON.parse(pair.dataset.line);

  // ---- playback
  function play(pair) {
    const { start, end } = lineOf(pair);
    if (!player) return;
    player.src = `${heard}#t=${start},${end}`;
    player.play().catch(() => {});
  }
  let sounding = null;
  player?.addEventListener("timeupdate", () => {
    const now = player.paused ? null : pairs.findLast((pair) => lineOf(pair).start <= player.currentTime + 0.05);
    if (now === sounding) return;
    sounding?.classList.remove("sounding");
    now?.classList.add("sounding");
    sounding = now;
    // Keep the line being edited in view.
    if (!document.querySelector(".editing, dialog[open]")) now?.scrollIntoView({ block: "nearest" });
  });

  // ---- editing
  function showPending(pair) {
    const { wording, text, spoken } = lineOf(pair);
    const place = pair.querySelector(".pending");
    const differs = wording && ((wording.text && wording.text !== text) || (wording.spoken && wording.spoken !== spoken));
    pair.classList.toggle("changed", Boolean(differs && wording.text && wording.text !== text));
    place.hidden = !differs;
    place.textContent = differs ? `${[wording.text, wording.spoken].filter(Boolean).join(" · ")} (${words.pending})` : "";
  }
  pairs.forEach(showPending);

  function leave(pair) {
    pair.querySelector(".editing")?.remove();
    pair.focus();
  }

  async function save(pair, change, etag = lineOf(pair).etag) {
    const place = `${script}/lines/${pair.dataset.index}`;
    const answer = await ask("PATCH", place, change, { headers: { "if-match": `"${etag}"` }, expected: [412] });
    if (answer.status === 412) return clash(pair, change);
    pair.dataset.line = JSON.stringify({ ...lineOf(pair), wording: undefined, ...answer.content });
    pair.querySelector(".offer")?.remove();
    document.dispatchEvent(new Event("settled"));
    say("");
    showPending(pair);
    leave(pair);
  }

  // Edit conflict: show both texts, and let the editor decide.
  async function clash(pair, change) {
    const { content } = await ask("GET", script);
    const now = content.lines.find((line) => line.source === lineOf(pair).source && line.index === Number(pair.dataset.index));
    if (!now) return location.reload();
    const worded = { text: now.text, spoken: now.spoken };
    for (const name of ["text", "spoken"]) worded[name] = now.wording?.[name] || worded[name];
    pair.querySelector(".editing")?.remove();
    const box = element("div", "editing clash");
    box.setAttribute("role", "alert");
    box.append(element("p", "", words.meanwhile));
    for (const name of Object.keys(change)) {
      box.append(element("p", "theirs", `${words.theirs}: ${worded[name]}`));
      box.append(element("p", "yours", `${words.yours}: ${change[name] ?? words.undo}`));
    }
    box.append(button(words.keep_theirs, () => {
      pair.dataset.line = JSON.stringify(now);
      pair.querySelector(".text").textContent = now.text;
      showPending(pair);
      leave(pair);
    }));
    box.append(" ", button(words.keep_mine, () => save(pair, change, now.etag)));
    pair.querySelector(".target").append(box);
    box.querySelector("button").focus();
  }

  function edit(pair) {
    if ("fixed" in pair.dataset || pair.querySelector(".editing")) return;
    const { wording, text, spoken } = lineOf(pair);
    const box = element("form", "editing stacked");
    const before = { text: wording?.text || text, spoken: wording?.spoken || (wording?.text ? "" : spoken) };
    const names = "own" in pair.dataset ? ["spoken"] : ["text", "spoken"];
    for (const name of names) {
      const label = element("label", "", words[name]);
      const area = element("textarea");
      Object.assign(area, { name, value: before[name], rows: Math.ceil(before[name].length / 60) || 1 });
      area.lang = language;
      label.append(area);
      box.append(label);
    }
    const changes = () => {
      const change = {};
      for (const name of names) {
        const value = box.elements[name].value.trim();
        if (value !== before[name]) change[name] = value || null;
      }
      return change;
    };
    const submit = () => {
      const change = changes();
      return Object.keys(change).length ? save(pair, change) : leave(pair);
    };
    box.addEventListener("submit", (event) => {
      event.preventDefault();
      quietly(submit)();
    });
    box.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") leave(pair);
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        quietly(submit)();
      }
    });
    const keep = element("button", "button", words.save);
    box.append(keep, " ", button(words.leave, () => leave(pair)));
    if (wording) box.append(" ", button(words.undo, () => save(pair, Object.fromEntries(names.map((name) => [name, null])))));
    pair.querySelector(".target").append(box);
    box.querySelector("textarea").focus();
  }

  function take(pair) {
    const { offered } = lineOf(pair);
    const change = {};
    for (const name of ["text", "spoken"]) if (offered[name]) change[name] = offered[name];
    return save(pair, change);
  }

  const acts = { play, edit, take };
  for (const pair of pairs) {
    for (const each of pair.querySelectorAll("[data-do]")) {
      each.addEventListener("click", quietly(() => acts[each.dataset.do](pair)));
    }
  }

  function move(pair, step) {
    const next = pairs[pairs.indexOf(pair) + step] || (pair ? null : pairs[0]);
    next?.focus();
  }
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input, textarea, button, a, audio, dialog");
    if (busy || event.ctrlKey || event.metaKey || event.altKey) return;
    const pair = event.target.closest(".pair[data-index]");
    const steps = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
    if (event.key in steps) move(pair, steps[event.key]);
    else if (pair && event.key === "Enter") edit(pair);
    else if (pair && event.key === "p") play(pair);
    else if (event.key in TOOLS) document.getElementById(TOOLS[event.key])?.click();
    else return;
    event.preventDefault();
  });
}
