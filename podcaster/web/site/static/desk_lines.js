// Script lines: playback, editing, repairs, keyboard navigation.
import { differing } from "./desk_differences.js";
import { hearText } from "./desk_hear.js";
import { recordButton, uploadButton } from "./desk_recording.js";
import { openTakes } from "./desk_takes.js";
import { openLook } from "./desk_look.js";
import { ask, button, element, fill, quietly, say, words } from "./desk_talk.js";

const TOOLS = { r: "rerender", s: "cancel", g: "glossary", x: "lexicon" };
const QUOTED = /“([^”]+)”/;
const ACRONYM = /(?<![\p{L}\p{N}])\p{Lu}[\p{Lu}\p{N}&]{1,7}(?![\p{L}\p{N}])/u;
const NAME = /(?<![\p{L}\p{N}])\p{Lu}\p{L}[\p{L}'’-]{2,}/gu;
const spelled = (word) => [...word].join(" ");

// A box as tall as its text, where the browser does not do so by itself.
function fit(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

export function openLines({ article, language }, { strip, terms }) {
  const pairs = [...document.querySelectorAll(".pair[data-index]")];
  const script = `/api/articles/${article}/scripts/${language}`;
  const sides = document.querySelector(".sides");
  const lineOf = (pair) => JSON.parse(pair.dataset.line);
  const own = (pair) => "own" in pair.dataset;

  // ---- playback
  const looped = (pair) => pair.querySelector("[data-do=loop]");
  function unloop() {
    for (const each of pairs) looped(each)?.setAttribute("aria-pressed", "false");
  }
  function play(pair) {
    const { start, end } = lineOf(pair);
    unloop();
    strip?.play(start, end);
  }
  function playOn(pair) {
    unloop();
    strip?.play(lineOf(pair).start);
  }
  function loop(pair) {
    const { start, end } = lineOf(pair);
    const pressed = looped(pair).getAttribute("aria-pressed") === "true";
    unloop();
    if (pressed) return strip?.stop();
    looped(pair).setAttribute("aria-pressed", "true");
    strip?.play(start, end, { loop: true });
  }
  let sounding = null;
  strip?.audio.addEventListener("timeupdate", () => {
    const now = strip.audio.paused ? null : pairs.findLast((pair) => lineOf(pair).start <= strip.audio.currentTime + 0.05);
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
    const recorded = lineOf(pair).checks.some((check) => check.name === "recording");
    const sounds = Boolean(wording?.recorded) !== recorded;
    const differs = (wording && ((wording.text && wording.text !== text) || (wording.spoken && wording.spoken !== spoken))) || sounds;
    pair.classList.toggle("changed", Boolean(wording?.text && wording.text !== text));
    place.hidden = !differs;
    const said = [wording?.text, wording?.spoken, sounds && (wording?.recorded ? words.own_recording : words.voice_again)];
    place.textContent = differs ? `${said.filter(Boolean).join(" · ")} (${words.pending})` : "";
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
    look.seen(pair, { goOn: true });
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
    const row = element("div", "row");
    row.append(button(words.keep_theirs, () => {
      pair.dataset.line = JSON.stringify(now);
      pair.querySelector(".text").textContent = now.text;
      showPending(pair);
      leave(pair);
    }));
    row.append(button(words.keep_mine, () => save(pair, change, now.etag)));
    box.append(row);
    pair.querySelector(".target").append(box);
    box.querySelector("button").focus();
  }

  function edit(pair, { field = "" } = {}) {
    const open = pair.querySelector("form.editing");
    if (open) return open.querySelector(`textarea[name="${field || "text"}"], textarea`).focus();
    if ("fixed" in pair.dataset || !pair.querySelector("[data-do=edit]") || pair.querySelector(".editing")) return;
    const { wording, text, spoken } = lineOf(pair);
    const box = element("form", "editing");
    const before = { text: wording?.text || text, spoken: wording?.spoken || (wording?.text ? "" : spoken) };
    const names = own(pair) ? ["spoken"] : ["text", "spoken"];
    for (const name of names) {
      const label = element("label", "", words[name]);
      const area = element("textarea");
      Object.assign(area, { name, value: before[name], rows: Math.ceil(before[name].length / 60) || 1 });
      area.lang = language;
      area.addEventListener("input", () => fit(area));
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
    const row = element("div", "row");
    row.append(element("button", "button", words.save), button(words.leave, () => leave(pair)));
    row.append(button(words.hear_edit, () => {
      const change = changes();
      const said = change.spoken || (change.text ? "" : before.spoken);
      return hearText({ article, language }, said ? { spoken: said } : { text: change.text || before.text });
    }));
    const more = element("div", "row more-acts");
    const add = (text, act) => more.append(button(text, act, "plain"));
    if (strip) add(words.hear_old, () => play(pair));
    if (!own(pair) && !pair.classList.contains("flagged")) add(words.versions, () => versions(pair));
    add(words.takes, () => takes.show(pair));
    if (navigator.mediaDevices) more.append(recordButton((sound) => keepRecording(pair, sound), "plain"));
    more.append(uploadButton((sound) => keepRecording(pair, sound), "plain"));
    if (wording?.recorded) add(words.voice_again, () => keepRecording(pair, null));
    if (wording && (wording.text || wording.spoken)) add(words.undo, () => save(pair, Object.fromEntries(names.map((name) => [name, null]))));
    box.append(row, more);
    pair.querySelector(".target").append(box);
    box.querySelectorAll("textarea").forEach(fit);
    box.querySelector(`textarea[name="${field}"], textarea`).focus();
  }

  // ---- an editor's own recording
  async function keepRecording(pair, sound) {
    const place = `${script}/lines/${pair.dataset.index}/recording`;
    await ask(sound ? "PUT" : "DELETE", place, sound || undefined, sound ? { headers: { "content-type": sound.type || "audio/webm" } } : {});
    const { content } = await ask("GET", script);
    pair.dataset.line = JSON.stringify(content.lines.find((line) => line.index === Number(pair.dataset.index)));
    document.dispatchEvent(new Event("settled"));
    showPending(pair);
    leave(pair);
  }

  // ---- other translations
  async function versions(pair) {
    pair.querySelector(".editing .versions, .target > .versions")?.remove();
    const { content } = await ask("GET", `${script}/lines/${pair.dataset.index}/versions`);
    const others = content.versions.filter((each) => each.text !== lineOf(pair).text);
    const list = element("ul", "versions");
    for (const each of others) {
      const item = element("li");
      const said = element("div", "", each.text);
      said.lang = language;
      const quality = each.estimate === null ? "" : ` · ${Math.round(each.estimate * 100)} %`;
      const flags = each.flags.map((name) => words[`flag_${name}`] || name);
      said.append(element("p", "by", [each.by + quality, ...flags].join(" · ")));
      item.append(said, button(words.take, () => save(pair, { text: each.text })));
      list.append(item);
    }
    if (!others.length) list.append(element("li", "", words.no_versions));
    (pair.querySelector("form.editing") || pair.querySelector(".target")).append(list);
    list.querySelector("button")?.focus();
  }

  const takes = openTakes({ article, language }, pairs, (pair, change) => save(pair, change));

  function take(pair) {
    const { offered } = lineOf(pair);
    const change = {};
    for (const name of ["text", "spoken"]) if (offered[name]) change[name] = offered[name];
    return save(pair, change);
  }

  // ---- flags: the doubtful words are marked, each repair is one press away
  const missing = (detail) => detail.split("; ").map((each) => / is missing$/.test(each) && each.replace(/ is missing$/, "")).filter(Boolean);
  function mark(pair, doubtful) {
    const place = pair.querySelector(".text");
    const found = doubtful.filter((each) => place.textContent.includes(each));
    if (!found.length) return;
    const safe = found.map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const parts = place.textContent.split(new RegExp(`(${safe.join("|")})`));
    place.replaceChildren(...parts.map((part) => (found.includes(part) ? element("mark", "wrong", part) : document.createTextNode(part))));
  }
  const repairs = {
    heard: (pair, detail) => {
      const heard = detail.match(QUOTED)?.[1];
      const doubtful = heard ? differing(pair.querySelector(".text").textContent, heard) : [];
      mark(pair, doubtful);
      // An entry for each name by itself counts wherever it stands: of `Raghunathan said`, the first word.
      const single = (each) => (each.includes(" ") && each.match(NAME)) || (each.split(" ").length <= 3 ? [each] : []);
      const names = [...new Set(doubtful.filter((each) => /\p{L}/u.test(each)).flatMap(single))].slice(0, 2);
      const acronym = doubtful.map((each) => each.match(ACRONYM)?.[0]).find(Boolean);
      return [
        acronym && button(fill(words.spell_out, { spelled: spelled(acronym) }), () => terms.lexicon(acronym, spelled(acronym))),
        ...names.map((name) => button(`${words.say_like} ${name}`, () => terms.lexicon(name))),
        !names.length && !("fixed" in pair.dataset) && button(words.say_like, () => edit(pair, { field: "spoken" })),
        strip && button(words.hear_old, () => play(pair)),
      ];
    },
    voice: (pair) => [!("fixed" in pair.dataset) && button(words.say_like, () => edit(pair, { field: "spoken" }))],
    names: (pair, detail) => missing(detail).slice(0, 2).map((name) => button(`${words.to_glossary}: ${name}`, () => terms.glossary(name))),
    unknown: (pair, detail) => {
      const doubtful = detail.replace(/^.*?: /, "").split(", ");
      mark(pair, doubtful);
      return [button(words.to_glossary, () => terms.glossary(doubtful.find((each) => lineOf(pair).source.includes(each)) || ""))];
    },
  };
  // Of what was heard, the words that differ; a kind of flag is explained once on a page. The whole stands in the tooltip.
  const explained = new Set();
  function shorten(pair, flag) {
    const [detail, why] = [flag.querySelector("span"), flag.querySelector(".why")];
    flag.title = `${detail.textContent} ${why.textContent}`;
    const heard = detail.textContent.match(QUOTED)?.[1];
    const text = pair.querySelector(".text").textContent;
    const apart = heard ? differing(heard, text) : [];
    // `2,028` for 2028 differs in its signs alone.
    const other = apart.length ? apart : (heard ?? "").split(/\s+/).filter((each) => each && !text.includes(each));
    if (other.length) detail.textContent = detail.textContent.replace(`“${heard}”`, other.map((each) => `“${each}”`).join(" "));
    if (explained.has(flag.dataset.kind)) why.remove();
    explained.add(flag.dataset.kind);
  }
  for (const pair of pairs.filter((each) => each.classList.contains("flagged"))) {
    const place = pair.querySelector("[data-repairs]");
    const kinds = [...pair.querySelectorAll(".flag")].map((flag) => [flag.dataset.kind, flag.querySelector("span").textContent]);
    for (const flag of pair.querySelectorAll(".flag")) shorten(pair, flag);
    const made = kinds.flatMap(([kind, detail]) => repairs[kind]?.(pair, detail) || []).filter(Boolean);
    if (!own(pair) && !("fixed" in pair.dataset)) made.unshift(button(words.versions, () => versions(pair)));
    if (place.querySelector(".seen")) place.append(...made);
  }

  // ---- what is shown, in which order
  const views = [...document.querySelectorAll("[data-view]")];
  const chosen = `podcaster-desk:view:${article}:${language}`;
  function show(view) {
    for (const each of views) each.setAttribute("aria-pressed", String(each.dataset.view === view));
    sides.classList.toggle("only-flagged", view === "flagged");
    sides.classList.toggle("closed", view === "closed");
    sides.classList.toggle("only-changed", view === "compared");
    fold();
  }
  // Runs of lines that passed every check, each behind a row that shows them.
  function fold() {
    for (const each of sides.querySelectorAll(".fold")) each.remove();
    for (const each of pairs) each.classList.remove("unfolded");
    if (!sides.classList.contains("only-flagged")) return;
    let run = [];
    for (const pair of [...sides.querySelectorAll(".pair[data-index]"), null]) {
      if (pair && !pair.matches(".flagged, .changed, :has(.offer)")) { run.push(pair); continue; }
      if (run.length) run[0].before(folded(run));
      run = [];
    }
  }
  function folded(run) {
    const row = element("div", "fold");
    row.setAttribute("role", "listitem");
    row.append(button(run.length === 1 ? words.fold_line : fill(words.fold_lines, { count: run.length }), () => {
      for (const each of run) each.classList.add("unfolded");
      row.remove();
      run[0].focus();
    }, "plain"));
    return row;
  }
  for (const each of views) each.addEventListener("click", () => {
    sessionStorage.setItem(chosen, each.dataset.view);
    show(each.dataset.view);
  });
  document.getElementById("sort")?.addEventListener("change", ({ target }) => {
    const doubt = (pair) => Number(pair.dataset.estimate ?? 2);
    const order = (one, other) => (target.value === "estimate" ? doubt(one) - doubt(other) : 0) || pairs.indexOf(one) - pairs.indexOf(other);
    sides.append(...[...pairs].sort(order));
    fold();
  });
  // What an editor chose stays when a render ends and the page loads anew.
  const before = views.find((each) => !each.hidden && each.dataset.view === sessionStorage.getItem(chosen));
  if (before) show(before.dataset.view);
  else fold();

  const look = openLook({ article, language }, pairs);

  const acts = { seen: (pair) => look.seen(pair, { goOn: true }), play, from: playOn, loop, edit, take };
  for (const pair of pairs) {
    for (const each of pair.querySelectorAll("[data-do]")) {
      each.addEventListener("click", quietly(() => acts[each.dataset.do](pair)));
    }
  }

  // ---- keyboard
  const visible = () => [...sides.querySelectorAll(".pair[data-index]")].filter((pair) => pair.offsetParent);
  function move(pair, step, flagged = false) {
    const shown = visible();
    const from = pair ? shown.indexOf(pair) + step : 0;
    const rest = step > 0 ? shown.slice(from) : shown.slice(0, Math.max(from + 1, 0)).reverse();
    (flagged ? rest.find((each) => each.classList.contains("flagged")) : rest[0])?.focus();
  }
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input:not([type=range]), textarea, select, button, a, dialog");
    if (busy || event.ctrlKey || event.metaKey || event.altKey) return;
    const pair = event.target.closest(".pair[data-index]");
    const steps = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, J: 1, K: -1 };
    if (event.key in steps && event.target.type !== "range") move(pair, steps[event.key], /[JK]/.test(event.key));
    else if (pair && event.key === "Enter") edit(pair);
    else if (pair && event.key === "p") play(pair);
    else if (pair && event.key === "P") playOn(pair);
    else if (pair && event.key === "l") loop(pair);
    else if (pair?.matches(".flagged") && event.key === "e") look.seen(pair, { goOn: true });
    else if (pair && event.key === "v" && !own(pair)) quietly(versions)(pair);
    else if (pair && event.key === "c") quietly(takes.show)(pair);
    else if (/^[1-4]$/.test(event.key)) views.filter((each) => !each.hidden)[event.key - 1]?.click();
    else if (event.key in TOOLS) document.getElementById(TOOLS[event.key])?.click();
    else return;
    event.preventDefault();
  });
}
