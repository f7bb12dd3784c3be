// A glossary or a lexicon as a table: search, sort, edit, CSV in and out, and what would change before it is saved.
import { hearWord, tryWord } from "./desk_hear.js";
import { ask, button, element, figure, fill, language as editors, on, quietly, say, words } from "./desk_talk.js";

const table = document.getElementById("terms");
const body = table.tBodies[0];
const { api, uses, key, name, language } = table.dataset;
const lexicon = key === "words";
const rows = () => [...body.rows];
const value = (row) => row.querySelector("[name=value]").value.trim();
const entry = (row) => (row.dataset.entry ?? row.querySelector("[name=entry]").value).trim();
const altered = (row) => row.classList.contains("removed") || !("entry" in row.dataset) || value(row) !== row.dataset.value;
const editable = Boolean(document.getElementById("row-add"));

// ---- rows
function dress(row) {
  const acts = row.querySelector(".acts");
  if (lexicon) {
    acts.append(button("▶", () => hear(value(row) || entry(row)), "plain"));
    acts.lastChild.setAttribute("aria-label", `${words.hear}: ${entry(row)}`);
  }
  if (lexicon) acts.append(button(words.try_entry, () => tried(row), "plain"));
  if (!editable) return;
  acts.append(button(words.remove, () => {
    if ("entry" in row.dataset) row.classList.toggle("removed");
    else row.remove();
    weigh();
  }, "plain"));
  row.addEventListener("input", weigh);
}
function add(newEntry = "", newValue = "") {
  const known = rows().find((row) => entry(row) === newEntry && newEntry);
  if (known) {
    known.classList.remove("removed");
    known.querySelector("[name=value]").value = newValue;
    return known;
  }
  const row = element("tr");
  for (const [field, text, label] of [["entry", newEntry, lexicon ? words.word : words.term], ["value", newValue, lexicon ? words.said_as : words.always_short]]) {
    const cell = element("td");
    const input = element("input");
    Object.assign(input, { name: field, value: text, maxLength: 200 });
    input.setAttribute("aria-label", label);
    cell.append(input);
    row.append(cell);
  }
  row.append(element("td"), element("td"), element("td", "number"), element("td", "acts"));
  row.cells[4].dataset.usesOf = "";
  body.prepend(row);
  dress(row);
  return row;
}
rows().forEach(dress);
on("row-add", "click", () => {
  add().querySelector("input").focus();
  weigh();
});

// ---- search and order
const search = document.getElementById("row-search");
search.addEventListener("input", () => {
  const wanted = search.value.trim().toLowerCase();
  let count = 0;
  for (const row of rows()) {
    row.hidden = Boolean(wanted) && !`${entry(row)}\n${value(row)}`.toLowerCase().includes(wanted);
    count += !row.hidden;
  }
  document.getElementById("row-count").textContent = count === 1 ? words.one_entry : fill(words.many_entries, { count: figure(count) });
});
const orders = {
  entry: (one, other) => entry(one).localeCompare(entry(other), editors),
  uses: (one, other) => Number(other.cells[4].textContent) - Number(one.cells[4].textContent),
};
for (const head of table.querySelectorAll("[data-sort]")) {
  const label = head.textContent;
  head.replaceChildren(button(label, () => body.append(...rows().sort(orders[head.dataset.sort])), "plain"));
}
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    quietly(save)();
  } else if (event.key === "/" && !event.target.closest("input, dialog")) {
    event.preventDefault();
    search.focus();
  }
});

// ---- use counts, and what would change
// A few at a time, as the service asks: at most 300, of which an expression counts as 6.
async function usesOf(entries) {
  const found = { entries: {}, lines: 0, reports: 0, seconds: 0 };
  for (let begin = 0; begin < entries.length;) {
    let end = begin;
    for (let cost = 0; end < entries.length; end += 1) if ((cost += /^\/.+\/$/.test(entries[end]) ? 6 : 1) > 300) break;
    const { content } = await ask("POST", uses, { entries: entries.slice(begin, end) });
    Object.assign(found.entries, content.entries);
    for (const name of ["lines", "reports", "seconds"]) found[name] += content[name];
    found.reports = Math.min(found.reports, content.searched);
    begin = end;
  }
  return found;
}
async function count() {
  const known = rows().map(entry).filter(Boolean);
  if (!known.length) return;
  const { entries } = await usesOf(known);
  for (const row of rows()) row.cells[4].textContent = entries[entry(row)] ?? "";
}
quietly(count)();
const bar = document.getElementById("save-bar");
let weighings = 0;
function weigh() {
  return quietly(weighed)();
}
async function weighed() {
  const changed = rows().filter(altered);
  for (const row of rows()) row.classList.toggle("altered", changed.includes(row));
  bar.hidden = !changed.length;
  const entries = [...new Set(changed.map(entry))].filter(Boolean);
  const now = (weighings += 1);
  const impact = document.getElementById("impact");
  impact.textContent = "";
  await new Promise((then) => setTimeout(then, 350));
  if (now !== weighings || !entries.length) return;
  const content = await usesOf(entries);
  if (now !== weighings) return;
  const parts = { entries: entries.length, lines: content.lines, reports: content.reports, seconds: Math.ceil(content.seconds) };
  impact.textContent = fill(words.would_change, parts);
}

// ---- saving
function change() {
  const wanted = { set: {}, gone: [] };
  for (const row of rows().filter(altered)) {
    if (!entry(row)) continue;
    if (row.classList.contains("removed")) wanted.gone.push(entry(row));
    else if (value(row) || !lexicon) wanted.set[entry(row)] = value(row) || null;
    else return row.querySelector("[name=value]").focus();
  }
  return wanted;
}
async function save() {
  const wanted = change();
  if (!wanted) return;
  // Another editor's entry is no conflict: read the table again and make our changes in it.
  for (let tries = 3; tries; tries -= 1) {
    const { content, etag } = await ask("GET", api);
    const next = { ...content[key], ...wanted.set };
    for (const each of wanted.gone) delete next[each];
    const answer = await ask("PUT", api, { [key]: next }, { headers: { "if-match": etag }, expected: tries > 1 ? [412] : [] });
    if (answer.status !== 412) break;
  }
  bar.hidden = true;
  location.reload();
}
on("save", "click", save);
on("discard", "click", () => location.reload());

// ---- CSV (RFC 4180)
const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
on("csv-out", "click", () => {
  const lines = rows().filter((row) => !row.classList.contains("removed") && entry(row)).map((row) => [entry(row), value(row)]);
  const text = [[lexicon ? "word" : "term", lexicon ? "spoken" : "translation"], ...lines].map((each) => each.map(quoted).join(",")).join("\r\n");
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([`${text}\r\n`], { type: "text/csv" }));
  link.download = `${name}.csv`;
  link.click();
});
function parsed(text) {
  const found = [[""]];
  let inside = false;
  const mark = text.split("\n", 1)[0].includes(";") && !text.split("\n", 1)[0].includes(",") ? ";" : ",";
  for (let place = 0; place < text.length; place += 1) {
    const sign = text[place];
    const line = found[found.length - 1];
    if (inside && sign === '"' && text[place + 1] === '"') {
      line[line.length - 1] += sign;
      place += 1;
    } else if (sign === '"') inside = !inside;
    else if (!inside && sign === mark) line.push("");
    else if (!inside && sign === "\n") found.push([""]);
    else if (sign !== "\r" || inside) line[line.length - 1] += sign;
  }
  return found.map((line) => line.map((each) => each.trim())).filter(([first]) => first);
}
on("csv-in", "change", async ({ target }) => {
  const lines = parsed((await target.files[0].text()).replace(/^\ufeff/, ""));
  const head = lines[0] && ["word", "term"].includes(lines[0][0].toLowerCase());
  for (const [first, second = ""] of lines.slice(head ? 1 : 0)) add(first, second);
  target.value = "";
  say("");
  await weigh();
});

// ---- a word said and heard by a machine, without its entry and with it
async function tried(row) {
  if (!entry(row)) return;
  const place = row.querySelector(".tried") ?? row.cells[1].appendChild(element("p", "hint tried"));
  place.setAttribute("role", "status");
  await tryWord(language, entry(row), value(row), place);
}

// ---- hearing, and the words that are misheard
const hear = (text) => hearWord(language, text);
const misheard = document.getElementById("misheard");
async function list() {
  const { content } = await ask("GET", misheard.dataset.api, undefined, { telling: () => {} });
  misheard.hidden = !content.words.length;
  const place = misheard.querySelector("tbody");
  for (const each of content.words) {
    const row = element("tr");
    row.append(element("td", "", each.word), element("td", "", each.heard.join(" · ")), element("td", "number", each.times), element("td", "acts"));
    row.lastChild.append(button("▶", () => hear(each.word), "plain"));
    row.lastChild.lastChild.setAttribute("aria-label", `${words.hear}: ${each.word}`);
    if (editable) {
      row.lastChild.append(button(words.say_like, () => {
        add(each.word).querySelector("[name=value]").focus();
        scrollTo({ top: 0 });
        weigh();
      }, "plain"));
    }
    place.append(row);
  }
}
if (misheard) quietly(list)();
