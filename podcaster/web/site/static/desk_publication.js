// What listeners will get, shown before it is published; publishing, scheduling, withdrawing.
import { ask, element, locale, on, words } from "./desk_talk.js";

const LISTED = 160;
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

// As much of a text as lists in apps show.
const short = (text) => (text.length > LISTED ? `${text.slice(0, LISTED).replace(/\s\S*$/, "")} …` : text);

function shown(found, language) {
  const grid = element("div", "preview-grid");
  const picture = element("img");
  // A topic has a cover from its first published report on.
  picture.addEventListener("error", () => { picture.src = `/covers/${language}.jpg`; }, { once: true });
  Object.assign(picture, { src: found.cover, alt: "" });
  const side = element("div");
  side.append(picture);
  const main = element("div");
  main.lang = language;
  const day = new Date(found.published).toLocaleDateString(locale, { dateStyle: "long" });
  const facts = element("p", "facts");
  facts.append(...[found.show, day, clock(found.seconds), found.authors.join(", "), found.voice].filter(Boolean).map((each) => element("span", "", each)));
  const title = element("h3", "", found.title);
  title.dir = "auto";
  const lead = element("p", "preview-lead", short(found.summary));
  lead.dir = "auto";
  const notes = element("details", "preview-notes");
  notes.dir = "auto";
  notes.append(element("summary", "", words.show_notes), ...new DOMParser().parseFromString(found.notes, "text/html").body.childNodes);
  for (const link of notes.querySelectorAll("a")) Object.assign(link, { target: "_blank", rel: "noreferrer" });
  main.append(title, facts, lead, notes);
  if (found.chapters.length) {
    const list = element("details");
    list.append(element("summary", "", `${words.chapters}: ${found.chapters.length}`));
    const items = element("ol");
    items.append(...found.chapters.map((each) => element("li", "", `${clock(each.start)} ${each.title}`)));
    list.append(items);
    main.append(list);
  }
  const item = element("details");
  item.append(element("summary", "", words.feed_item), element("pre", "", found.item));
  main.append(item);
  grid.append(side, main);
  return grid;
}

export function openPublication({ article, language }) {
  const place = `/api/articles/${article}/episodes/${language}`;
  const dialog = document.getElementById("preview");
  on("preview-open", "click", async () => {
    dialog.showModal();
    const body = document.getElementById("preview-body");
    const { content } = await ask("GET", `${place}/preview`);
    body.replaceChildren(shown(content, language));
    body.setAttribute("aria-busy", "false");
  });
  for (const [id, method, end] of [["publish", "PUT", ""], ["withdraw", "DELETE", ""], ["unschedule", "DELETE", "/schedule"]]) {
    on(id, "click", async () => {
      await ask(method, place + end);
      location.reload();
    });
  }
  on("schedule", "click", async () => {
    const at = document.getElementById("at");
    if (!at.value) return at.focus();
    await ask("PUT", place, { at: new Date(at.value).toISOString() });
    location.reload();
  });
}
