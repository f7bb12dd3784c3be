// Earlier takes: of one line, or of the whole report compared with a stored revision; old and new text, old and new sound.
import { changes } from "./desk_differences.js";
import { playSound } from "./desk_hear.js";
import { ask, button, element, fill, locale, quietly, words } from "./desk_talk.js";

const moment = (text) => new Date(text).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });

export function openTakes({ article, language }, pairs, save) {
  const script = `/api/articles/${article}/scripts/${language}`;
  const lineOf = (pair) => JSON.parse(pair.dataset.line);
  const sides = document.querySelector(".sides");

  async function hear(revision, index) {
    const { content } = await ask("GET", `${script}/revisions/${revision}/lines/${index}/speech`);
    await playSound(content);
  }
  function shown(before, after) {
    const place = before.text === after.text ? element("p", "changes", before.text) : changes(before.text, after.text);
    place.lang = language;
    place.dir = "auto";
    return place;
  }

  // ---- one line
  async function show(pair) {
    pair.querySelector(".takes")?.remove();
    const { content } = await ask("GET", `${script}/lines/${pair.dataset.index}/takes`);
    const [now, ...earlier] = content.takes;
    const list = element("ul", "versions takes");
    list.setAttribute("aria-label", words.takes);
    for (const take of [now, ...earlier]) {
      const item = element("li");
      const said = element("div", "grow");
      said.append(shown(take, now), element("p", "by", take === now ? words.present_take : fill(words.take_of, { time: moment(take.stored) })));
      if (take.text === now.text && take.spoken !== now.spoken) said.append(element("p", "by", `${words.spoken}: ${take.spoken}`));
      const row = element("div", "row");
      row.append(button(take === now ? words.hear_new_take : words.hear_old_take, () => hear(take.revision, take.index)));
      if (take.text !== now.text && pair.querySelector("[data-do=edit]") && !("own" in pair.dataset)) row.append(button(words.take, () => save(pair, { text: take.text })));
      item.append(said, row);
      list.append(item);
    }
    if (!earlier.length) list.append(element("li", "", words.no_takes));
    (pair.querySelector("form.editing") || pair.querySelector(".target")).append(list);
    list.querySelector("button").focus();
  }

  // ---- the whole report
  const chosen = document.getElementById("compare");
  const view = document.querySelector("[data-view=compared]");
  function clear() {
    for (const each of sides.querySelectorAll(".compared, .pair.gone")) each.remove();
    for (const each of sides.querySelectorAll(".pair.differs")) each.classList.remove("differs");
  }
  function compared(pair, { before, after, reworded }, revisions) {
    const box = element("div", "compared");
    const text = before ? (reworded ? changes(before.text, after.text) : element("p", "changes", words.sounds_otherwise)) : element("p", "changes", words.new_line);
    if (reworded) Object.assign(text, { lang: language, dir: "auto" });
    const row = element("div", "row");
    if (before) row.append(button(words.hear_old_take, () => hear(revisions.before, before.index)));
    row.append(button(words.hear_new_take, () => hear(revisions.after, after.index)));
    box.append(text, row);
    pair.classList.add("differs");
    pair.querySelector(".target").append(box);
  }
  function gone(line, next, revisions) {
    const pair = element("div", "pair gone differs");
    pair.setAttribute("role", "listitem");
    const target = element("div", "target");
    const text = element("p", "changes");
    text.append(element("del", "", line.before.text));
    Object.assign(text, { lang: language, dir: "auto" });
    const row = element("div", "row");
    row.append(button(words.hear_old_take, () => hear(revisions.before, line.before.index)));
    target.append(text, row);
    pair.append(element("div", "source", line.source), target, element("div", "acts"));
    sides.insertBefore(pair, next);
  }
  async function compare() {
    clear();
    view.hidden = !chosen.value;
    if (!chosen.value) return document.querySelector("[data-view=closed]").click();
    const revisions = { before: chosen.value, after: chosen.dataset.newest };
    const { content } = await ask("GET", `${script}/revisions/${revisions.before}?against=${revisions.after}`);
    const at = new Map(pairs.map((pair) => [lineOf(pair).index, pair]));
    let next = null;
    for (const line of [...content.lines].reverse()) {
      if (line.after) {
        next = at.get(line.after.index);
        compared(next, line, revisions);
      } else gone(line, next, revisions);
    }
    view.querySelector(".count").textContent = content.lines.length;
    view.click();
  }
  if (chosen) {
    quietly(async () => {
      const { content } = await ask("GET", `${script}/revisions`, undefined, { telling: () => {} });
      const [newest, ...earlier] = content.revisions;
      if (!earlier.length) return;
      chosen.dataset.newest = newest.revision;
      for (const each of earlier) {
        const option = element("option", "", moment(each.stored));
        option.value = each.revision;
        chosen.append(option);
      }
      chosen.closest("label").hidden = false;
    })();
    chosen.addEventListener("change", quietly(compare));
  }
  return { show };
}
