// The page of one report.
import { ask, button, on, words } from "./desk_talk.js";
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
for (const [id, method] of [["approve", "PUT"], ["disapprove", "DELETE"]]) {
  on(id, "click", async () => {
    await ask(method, `${place}/scripts/${dataset.language}/review`);
    location.reload();
  });
}
on("reviewed", "click", async () => {
  await ask("PUT", `${place}/reviewed`);
  location.reload();
});

// ---- a recording of the whole report
const whole = document.getElementById("whole-recording");
async function keepWhole(sound) {
  const address = `${place}/scripts/${dataset.language}/recording`;
  await ask(sound ? "PUT" : "DELETE", address, sound || undefined, sound ? { headers: { "content-type": sound.type || "audio/webm" } } : {});
  location.reload();
}
if (whole) {
  if (navigator.mediaDevices) whole.append(recordButton(keepWhole));
  whole.append(uploadButton(keepWhole));
  if (lines.some((line) => line.wording?.recorded)) whole.append(button(words.voice_again, () => keepWhole(null)));
}
