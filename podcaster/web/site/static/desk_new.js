// Adding reports: everything in the box or dropped on it is read at once, shown, corrected, then added.
import { ask, element, figure, fill, language, on, quietly, say, words } from "./desk_talk.js";

const kinds = {
  html: "text/html", htm: "text/html", md: "text/markdown", markdown: "text/markdown", txt: "text/plain", pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", epub: "application/epub+zip", eml: "message/rfc822",
};
const LINK = /^(https?:\/\/\S+|[\w-]+(\.[\w-]+)*\.[a-z]{2,}(\/\S*)?)$/i;
const EXCERPT = 160;
const box = document.getElementById("box");
const form = document.getElementById("hand-in");
const understood = document.getElementById("understood");
const adding = document.getElementById("add");
const submit = adding.querySelector("button");
const cards = [];

// ---- what was handed in
function parts(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  if (!lines.length) return [];
  if (!lines.every((line) => LINK.test(line))) return [{ name: lines[0].replace(/^#+\s*/, "").slice(0, 80), body: { markdown: text } }];
  return lines.map((line) => ({ name: line, body: { url: /^https?:/i.test(line) ? line : `https://${line}` } }));
}
function fileParts(files) {
  return [...files].map((file) => {
    const kind = kinds[file.name.split(".").pop().toLowerCase()] || file.type || "text/plain";
    return { name: file.name, body: file, headers: { "content-type": kind }, query: `?name=${encodeURIComponent(file.name)}` };
  });
}
function take(found) {
  if (!found.length) {
    say(words.nothing_to_read);
    return box.focus();
  }
  say("");
  box.value = "";
  for (const { name, query = "", body, headers } of found) {
    const card = cardFor(name);
    understood.append(card.shown);
    quietly(read)(card, `/api/previews${query}`, body, headers);
  }
}

// ---- a card for each report
function cardFor(name) {
  const shown = document.getElementById("card").content.cloneNode(true).querySelector("article");
  const card = { name, shown, key: crypto.randomUUID(), preview: null, reading: true, chapters: [] };
  cards.push(card);
  shown.querySelector("[data-from]").textContent = name;
  shown.querySelector("[data-remove]").addEventListener("click", () => drop(card));
  return card;
}

async function read(card, address, body, headers) {
  const error = card.shown.querySelector("[data-error]");
  const telling = (message) => { error.textContent = message; error.hidden = false; };
  count();
  try {
    const { content } = await ask("POST", address, body, { headers, telling });
    card.preview = content;
    show(card);
    if (content.chapters > 1) offerChapters(card);
  } finally {
    card.reading = false;
    card.shown.querySelector("progress").remove();
    count();
  }
}

// ---- a book is one report, or one for each chapter
function offerChapters(card) {
  const choice = card.shown.querySelector("[data-chapters]");
  choice.hidden = false;
  choice.querySelector("legend").textContent = fill(words.book_chapters, { count: figure(card.preview.chapters) });
  for (const each of choice.querySelectorAll("input")) {
    each.name = card.key;
    each.addEventListener("change", quietly(() => (each.value === "each" ? split(card) : join(card))));
  }
}

async function split(card) {
  const { preview, chapters } = card.preview;
  card.shown.querySelector("[data-fields]").hidden = true;
  card.chapters = Array.from({ length: chapters }, (_, at) => cardFor(fill(words.book_chapter, { book: card.name, number: at + 1 })));
  card.shown.after(...card.chapters.map(({ shown }) => shown));
  for (const [at, each] of card.chapters.entries()) {
    if (cards.includes(each)) await read(each, `/api/previews/${preview}/chapters/${at + 1}`).catch(() => {});
  }
}

function join(card) {
  card.chapters.forEach(discard);
  card.chapters = [];
  card.shown.querySelector("[data-fields]").hidden = false;
  count();
}

function show({ shown, preview }) {
  const { report } = preview;
  const field = (name) => shown.querySelector(`[name=${name}]`);
  shown.querySelector("[data-fields]").hidden = false;
  shown.querySelector("[data-known]").hidden = !preview.known;
  field("title").value = report.title;
  const from = shown.querySelector("[data-from]");
  if (report.title.startsWith(from.textContent)) from.textContent = "";
  field("authors").value = report.authors.join(", ");
  field("published").value = (report.published || "").slice(0, 10);
  field("topics").value = report.topics.join(", ");
  const tags = field("language");
  if (![...tags.options].some((each) => each.value === report.language)) {
    tags.add(new Option(new Intl.DisplayNames([language], { type: "language" }).of(report.language), report.language));
  }
  tags.value = report.language;
  const facts = [fill(words.length, { words: figure(preview.words), minutes: preview.minutes })];
  if (!preview.left_aside.length) facts.push(words.left_aside_none);
  shown.querySelector("[data-facts]").replaceChildren(...facts.map((each) => element("span", "", each)));
  const opening = report.body.find((block) => block.kind === "paragraph") || report.body[0];
  const excerpt = shown.querySelector("[data-excerpt]");
  excerpt.textContent = opening.text.length > EXCERPT ? `${opening.text.slice(0, EXCERPT).replace(/\s\S*$/, "")} …` : opening.text;
  excerpt.lang = report.language;
  excerpt.dir = "auto";
  const whole = shown.querySelector("[data-read] div");
  whole.lang = report.language;
  const points = report.key_points.map((text) => ({ kind: "item", text }));
  whole.replaceChildren(...[...points, ...report.body].map(({ kind, text }) => element("p", kind, text)));
  const aside = shown.querySelector("[data-aside]");
  aside.hidden = !preview.left_aside.length;
  aside.querySelector("summary").textContent = fill(words.left_aside, { count: preview.left_aside.length });
  aside.querySelector("ul").replaceChildren(...preview.left_aside.map((text) => element("li", "", text)));
}

function discard(card) {
  if (cards.includes(card)) cards.splice(cards.indexOf(card), 1);
  card.shown.remove();
}

function drop(card) {
  [card, ...card.chapters].forEach(discard);
  count();
  box.focus();
}

const toAdd = () => cards.filter((card) => card.preview && !card.chapters.length);

function count() {
  const ready = toAdd().length;
  adding.hidden = !ready;
  submit.disabled = cards.some((card) => card.reading);
  submit.textContent = ready === 1 ? words.submit : fill(words.add_many, { count: ready });
}

// ---- adding
const list = (text) => text.split(",").map((each) => each.trim()).filter(Boolean);
function correction({ shown, preview: { report } }) {
  const field = (name) => shown.querySelector(`[name=${name}]`).value.trim();
  const change = {};
  if (field("title") !== report.title) change.title = field("title");
  if (field("authors") !== report.authors.join(", ")) change.authors = list(field("authors"));
  if (field("topics") !== report.topics.join(", ")) change.topics = list(field("topics"));
  if (field("language") !== report.language) change.language = field("language");
  const day = field("published");
  if (day && day !== (report.published || "").slice(0, 10)) change.published = `${day}T00:00:00Z`;
  return change;
}

async function add(card, languages) {
  const change = correction(card);
  const wanted = { ...(Object.keys(change).length && { correction: change }), ...(languages.length && { languages }) };
  const address = `/api/previews/${card.preview.preview}`;
  const { content } = await ask("POST", address, wanted, { headers: { "idempotency-key": card.key } });
  return content.article;
}

on("add", "submit", async (event) => {
  event.preventDefault();
  const languages = new FormData(adding).getAll("language");
  const ready = toAdd();
  const faulty = ready.map((card) => card.shown.querySelector("[name=title]")).find((title) => !title.reportValidity());
  if (faulty) return;
  submit.disabled = true;
  try {
    let article;
    for (const card of ready) {
      article = await add(card, languages);
      discard(card);
    }
    location.assign(ready.length === 1 ? `/desk/${article}` : "/desk?state=work");
  } finally {
    submit.disabled = false;
  }
});

// ---- the ways in
on("hand-in", "submit", (event) => {
  event.preventDefault();
  take(parts(box.value));
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  take(parts(box.value));
});
box.addEventListener("paste", (event) => {
  const files = event.clipboardData.files;
  const text = event.clipboardData.getData("text/plain");
  if (files.length) take(fileParts(files));
  else if (!box.value.trim() && parts(text).length) take(parts(text));
  else return;
  event.preventDefault();
});
document.getElementById("files").addEventListener("change", ({ target }) => {
  take(fileParts(target.files));
  target.value = "";
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  form.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.toggle("over", kind === "dragover");
    if (kind !== "drop") return;
    const { files } = event.dataTransfer;
    take(files.length ? fileParts(files) : parts(event.dataTransfer.getData("text/uri-list") || event.dataTransfer.getData("text/plain")));
  });
}
