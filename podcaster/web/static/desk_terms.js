// Terms and words that are settled for every report.
import { ask, on, quietly, say, words } from "./desk_talk.js";

export function openTerms({ language, source }) {
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
    document.dispatchEvent(new Event("settled"));
    say(words.settled);
  }
  dialog.querySelector("[value=save]").addEventListener("click", quietly(settle));
  dialog.querySelector("form").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.matches("button")) return;
    event.preventDefault();
    quietly(settle)();
  });
}
