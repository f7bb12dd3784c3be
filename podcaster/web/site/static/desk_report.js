// The page of one report.
import { ask, on } from "./desk_talk.js";
import { openLines } from "./desk_lines.js";
import { openPublication } from "./desk_publication.js";
import { openRenders } from "./desk_renders.js";
import { openStrip } from "./desk_strip.js";
import { openTerms } from "./desk_terms.js";

const { dataset } = document.getElementById("report");
const lines = [...document.querySelectorAll(".pair[data-index]")].map((pair) => ({
  ...JSON.parse(pair.dataset.line),
  flagged: pair.classList.contains("flagged"),
}));
openRenders(dataset);
const strip = openStrip(dataset, lines);
const terms = openTerms(dataset);
openLines(dataset, { strip, terms });
openPublication(dataset);

const place = `/api/articles/${dataset.article}`;
on("assignee", "change", ({ target }) => ask("PUT", `${place}/assignee`, { editor: target.value || null }));
on("reviewed", "click", async ({ target }) => {
  await ask("PUT", `${place}/reviewed`);
  target.closest("button").disabled = true;
});
