// The page of one report.
import { ask, button, on, say, words } from "./desk_talk.js";
import { openLines } from "./desk_lines.js";
import { recordButton, uploadButton } from "./desk_recording.js";
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
const script = `${place}/scripts/${dataset.language}`;
// The editor approves the lines that this page shows, with their own changes; those of others are shown first.
on("approve", "click", async () => {
  const shown = [...document.querySelectorAll(".pair[data-index]")].map((pair) => JSON.parse(pair.dataset.line).etag);
  const { content } = await ask("GET", script);
  const same = content.lines.length === shown.length && content.lines.every((line, at) => line.etag === shown[at]);
  const headers = { "if-match": `"${same ? content.etag : "older"}"` };
  const { status, content: answer } = await ask("PUT", `${script}/review`, undefined, { headers, expected: [412] });
  if (status === 412) sessionStorage.setItem("told", `${answer.detail} ${answer.remedy}`);
  location.reload();
});
on("disapprove", "click", async () => {
  await ask("DELETE", `${script}/review`);
  location.reload();
});
const told = sessionStorage.getItem("told");
sessionStorage.removeItem("told");
if (told) say(told);
on("reviewed", "click", async () => {
  await ask("PUT", `${place}/reviewed`);
  location.reload();
});

// ---- a recording of the whole report
const whole = document.getElementById("whole-recording");
async function keepWhole(sound) {
  say(words.reading);
  const address = `${place}/scripts/${dataset.language}/recording`;
  await ask(sound ? "PUT" : "DELETE", address, sound || undefined, sound ? { headers: { "content-type": sound.type || "audio/webm" } } : {});
  location.reload();
}
if (whole) {
  if (navigator.mediaDevices) whole.append(recordButton(keepWhole));
  whole.append(uploadButton(keepWhole));
  if (lines.some((line) => line.wording?.recorded)) whole.append(button(words.voice_again, () => keepWhole(null)));
}
