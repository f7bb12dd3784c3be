// The editors' desk: every change goes to the editors' API, as JSON, with a sign that this page sent it.
const desk = document.querySelector(".desk");
const words = JSON.parse(desk.dataset.words);
const said = document.getElementById("said");

function say(message) {
  said.textContent = message;
  said.hidden = !message;
}

// Answers {status, etag, content}; a refusal is said on the page, apart from those that the caller expects.
async function ask(method, address, body, { headers = {}, expected = [] } = {}) {
  const plain = body === undefined || body instanceof Blob;
  const kinds = plain ? {} : { "content-type": "application/json" };
  let answer;
  try {
    answer = await fetch(address, {
      method,
      headers: { "x-podcaster-desk": "1", ...kinds, ...headers },
      body: plain ? body : JSON.stringify(body),
    });
  } catch {
    say(words.unreachable);
    throw new Error(words.unreachable);
  }
  const content = answer.status === 204 ? null : await answer.json();
  if (!answer.ok && !expected.includes(answer.status)) {
    say(`${content.detail} ${content.remedy}`);
    throw new Error(content.code);
  }
  return { status: answer.status, etag: answer.headers.get("etag"), content };
}

// What was refused has been said already; nothing is left to be done about it.
const quietly = (act) => (...given) => Promise.resolve(act(...given)).catch(() => {});

function on(id, event, act) {
  document.getElementById(id)?.addEventListener(event, quietly(act));
}

on("sign-in", "submit", async (event) => {
  event.preventDefault();
  await ask("POST", "/desk/session", { key: new FormData(event.target).get("key") });
  location.reload();
});
on("log-out", "click", async () => {
  await ask("DELETE", "/desk/session");
  location.assign("/desk");
});

const kinds = { html: "text/html", htm: "text/html", md: "text/markdown", markdown: "text/markdown", txt: "text/plain" };

async function handIn(form, file) {
  const data = new FormData(form);
  const languages = data.getAll("language");
  const chosen = file || (data.get("file").size ? data.get("file") : null);
  let answer;
  if (chosen) {
    const kind = kinds[chosen.name.split(".").pop().toLowerCase()] || chosen.type || "text/plain";
    const query = languages.length ? `?languages=${languages.join(",")}` : "";
    answer = await ask("POST", `/api/articles${query}`, chosen, { headers: { "content-type": kind } });
  } else {
    const url = data.get("url").trim();
    const report = url ? { url } : { markdown: data.get("markdown") };
    answer = await ask("POST", "/api/articles", { ...report, ...(languages.length && { languages }) });
  }
  location.assign(`/desk/${answer.content.article}`);
}

const form = document.getElementById("hand-in");
on("hand-in", "submit", (event) => {
  event.preventDefault();
  return handIn(form);
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  form?.addEventListener(kind, quietly((event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", kind === "dragover");
    if (kind === "drop") return handIn(form, event.dataTransfer.files[0]);
  }));
}

// ---- sources
on("watch", "submit", async (event) => {
  event.preventDefault();
  await ask("POST", "/api/sources", { url: new FormData(event.target).get("url").trim() });
  location.reload();
});
for (const each of document.querySelectorAll("[data-source]")) {
  const source = `/api/sources/${each.dataset.source}`;
  each.querySelector("[data-poll]").addEventListener("click", quietly(async ({ target }) => {
    target.disabled = true;
    const { content: before } = await ask("POST", `${source}/poll`);
    for (let tries = 40; tries; tries -= 1) {
      await new Promise((then) => setTimeout(then, 500));
      const { content } = await ask("GET", "/api/sources");
      const now = content.sources.find((one) => one.source === each.dataset.source);
      if (!now || now.polled !== before.polled) break;
    }
    location.reload();
  }));
  each.querySelector("[data-unwatch]").addEventListener("click", quietly(async () => {
    await ask("DELETE", source);
    each.remove();
  }));
}

const report = document.getElementById("report");
if (report) openReport(report.dataset);

function openReport({ article, language, source, audio: heard, render }) {
  const pairs = [...document.querySelectorAll(".pair[data-index]")];
  const script = `/api/articles/${article}/scripts/${language}`;
  const player = document.getElementById("audio");
  const lineOf = (pair) => JSON.parse(pair.dataset.line);

  // ---- render again, publish
  const soon = () => new Promise((then) => setTimeout(then, 250));
  async function follow(id) {
    const bar = document.getElementById("progress");
    document.getElementById("rerender").disabled = true;
    bar.hidden = false;
    for (;;) {
      const { content } = await ask("GET", `/api/renders/${id}`);
      const made = content.languages[language] || Object.values(content.languages)[0];
      const done = made.translated + made.spoken + made.reused;
      document.getElementById("stage").textContent = `${words[content.state] || content.state} ${done || ""}`;
      if (!["queued", "running"].includes(content.state)) break;
      await soon();
    }
    // Nobody's half-written line is thrown away for a page that is newer.
    while (document.querySelector(".editing, dialog[open]")) await soon();
    location.reload();
  }
  on("rerender", "click", async () => {
    const { content } = await ask("POST", `/api/articles/${article}/renders`, { languages: [language] });
    await follow(content.render);
  });
  if (render) quietly(follow)(render);
  for (const [id, method] of [["publish", "PUT"], ["withdraw", "DELETE"]]) {
    on(id, "click", async () => {
      await ask(method, `/api/articles/${article}/episodes/${language}`);
      location.reload();
    });
  }

  // ---- hear
  function play(pair) {
    const { start, end } = lineOf(pair);
    if (!player) return;
    player.src = `${heard}#t=${start},${end}`;
    player.play().catch(() => {});
  }
  player?.addEventListener("timeupdate", () => {
    for (const pair of pairs) {
      const { start, end } = lineOf(pair);
      const sounding = !player.paused && player.currentTime >= start - 0.05 && player.currentTime < end;
      pair.classList.toggle("sounding", sounding);
    }
  });

  // ---- word a line
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
    say("");
    showPending(pair);
    leave(pair);
  }

  // Somebody was faster: both texts are shown, and the editor decides.
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
    else return;
    event.preventDefault();
  });

  // ---- terms and words
  const dialog = document.getElementById("settle");
  let settling = null;
  let selected = { text: "", pair: null };
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const text = selection.toString().trim();
    const place = selection.anchorNode?.parentElement?.closest(".source, .text");
    if (text && place) selected = { text, inSource: place.matches(".source") };
  });
  function open(address, key, labels, text) {
    settling = { address, key };
    const [entry, value] = dialog.querySelectorAll("label");
    entry.querySelector("span").textContent = labels[0];
    value.querySelector("span").textContent = labels[1];
    entry.querySelector("input").value = text;
    value.querySelector("input").value = "";
    dialog.showModal();
    (text ? value : entry).querySelector("input").focus();
  }
  on("glossary", "click", () =>
    open(`/api/glossaries/${source}-${language}`, "terms", [words.term, words.always], selected.inSource ? selected.text : ""));
  on("lexicon", "click", () =>
    open(`/api/lexicons/${language}`, "words", [words.word, words.said_as], selected.inSource ? "" : selected.text));

  async function settle() {
    const { entry, value } = dialog.querySelector("form").elements;
    const { address, key } = settling;
    if (!entry.reportValidity() || (key === "words" && !value.value.trim())) return value.focus();
    // Another editor's entry in between is no clash: the table is read again and ours is added to it.
    for (let tries = 3; tries; tries -= 1) {
      const { content, etag } = await ask("GET", address);
      const table = { [key]: { ...content[key], [entry.value.trim()]: value.value.trim() || null } };
      const answer = await ask("PUT", address, table, { headers: { "if-match": etag }, expected: tries > 1 ? [412] : [] });
      if (answer.status !== 412) break;
    }
    dialog.close();
    say(words.settled);
  }
  dialog.querySelector("[value=save]").addEventListener("click", quietly(settle));
  dialog.querySelector("form").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.matches("button")) return;
    event.preventDefault();
    quietly(settle)();
  });

  function element(name, kind = "", text = "") {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.textContent = text;
    return made;
  }
  function button(text, act) {
    const made = element("button", "", text);
    made.type = "button";
    made.addEventListener("click", quietly(act));
    return made;
  }
}
