// Dialogs for the glossary and the lexicon.
import { hearText, tryWord } from "./desk_hear.js";
import { ask, element, fill, on, quietly, say, words } from "./desk_talk.js";

export function openTerms({ article, language, source }) {
  const dialog = document.getElementById("settle");
  let settling = null;
  let selected = { text: "", inSource: false };
  // selectionchange may arrive after the key that follows a selection.
  function take() {
    const selection = document.getSelection();
    const text = selection.toString().trim();
    const place = selection.anchorNode?.parentElement?.closest(".source, .text");
    if (text && place) selected = { text, inSource: place.matches(".source") };
  }
  document.addEventListener("selectionchange", take);
  const [trial, tried] = ["trial", "tried"].map((id) => document.getElementById(id));
  function open(address, key, labels, inSource, given = "", proposed = "") {
    take();
    const text = given || (selected.inSource === inSource ? selected.text : "");
    trial.hidden = key !== "words";
    tried.textContent = "";
    dialog.querySelector("h2").textContent = key === "words" ? words.lexicon : words.glossary;
    settling = { address, key, uses: key === "terms" ? `/api/glossaries/${source}/${language}` : address };
    quietly(look)();
    const [entry, value] = dialog.querySelectorAll("label");
    entry.querySelector("span").textContent = labels[0];
    value.querySelector("span").textContent = labels[1];
    entry.querySelector("input").value = text;
    value.querySelector("input").value = proposed;
    // How the word is heard so far; where no recognizer is installed, nothing is said of it.
    if (key === "words" && text) quietly(tryWord)(language, text, proposed, tried, () => (tried.textContent = ""));
    dialog.showModal();
    (text ? value : entry).querySelector("input").focus();
  }
  const glossary = (text) => open(`/api/glossaries/${source}-${language}`, "terms", [words.term, words.always], true, text);
  const lexicon = (text, proposed) => open(`/api/lexicons/${language}`, "words", [words.word, words.said_as], false, text, proposed);
  on("glossary", "click", () => glossary());
  on("lexicon", "click", () => lexicon());
  // The word as it is written, the word as it is to be said, and how a machine hears both.
  const worded = (act) => () => {
    const { entry, value } = dialog.querySelector("form").elements;
    return entry.value.trim() ? act(entry.value.trim(), value.value.trim()) : entry.focus();
  };
  on("hear-plain", "click", worded((word) => hearText({ article, language }, { spoken: word })));
  on("hear-word", "click", worded((word, entry) => hearText({ article, language }, { spoken: entry || word })));
  on("try-word", "click", worded((word, entry) => tryWord(language, word, entry, tried)));

  // Impact on other reports.
  const places = document.getElementById("uses");
  let typed = 0;
  async function look() {
    const now = (typed += 1);
    await new Promise((then) => setTimeout(then, 300));
    if (now !== typed) return;
    const entry = dialog.querySelector("[name=entry]").value.trim();
    places.replaceChildren();
    if (!entry) return;
    const { content } = await ask("GET", `${settling.uses}/uses?entry=${encodeURIComponent(entry)}`);
    if (now !== typed) return;
    const told = fill(words.uses, { ...content, seconds: Math.ceil(content.seconds) });
    const list = element("ul");
    for (const { article, title, lines } of content.uses.slice(0, 5)) {
      const link = element("a", "", `${title} (${lines.length})`);
      link.href = `/desk/${article}?language=${language}`;
      const item = element("li");
      item.append(link);
      list.append(item);
    }
    places.replaceChildren(element("p", "", told), list);
  }
  dialog.querySelector("[name=entry]").addEventListener("input", quietly(look));

  async function settle() {
    const { entry, value } = dialog.querySelector("form").elements;
    const { address, key } = settling;
    const settled = entry.value.trim();
    if (!entry.reportValidity() || (key === "words" && !value.value.trim())) return value.focus();
    // Another editor's entry is no conflict: read the table again and add ours.
    for (let tries = 3; tries; tries -= 1) {
      const { content, etag } = await ask("GET", address);
      const table = { [key]: { ...content[key], [settled]: value.value.trim() || null } };
      const answer = await ask("PUT", address, table, { headers: { "if-match": etag }, expected: tries > 1 ? [412] : [] });
      if (answer.status !== 412) break;
    }
    dialog.close();
    document.dispatchEvent(new CustomEvent("settled", { detail: { entry: settled, key } }));
    say(words.settled);
  }
  dialog.querySelector("[value=save]").addEventListener("click", quietly(settle));
  dialog.querySelector("form").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.matches("button")) return;
    event.preventDefault();
    quietly(settle)();
  });
  return { glossary, lexicon };
}
