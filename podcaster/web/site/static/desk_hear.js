// Plays sound that is not kept anywhere: a wording said aloud, a recording before it is used.
import { ask, fill, words } from "./desk_talk.js";

let context = null;
let sounding = null;

export function hush() {
  sounding?.stop();
  sounding = null;
}

// The page's policy lets media come from the service alone, so that sound in memory is played by Web Audio.
export async function playSound(blob) {
  hush();
  context ??= new AudioContext();
  await context.resume();
  const source = context.createBufferSource();
  source.buffer = await context.decodeAudioData(await blob.arrayBuffer());
  source.connect(context.destination);
  source.start();
  sounding = source;
}

export async function hearText({ article, language }, saying) {
  const { content } = await ask("POST", `/api/articles/${article}/scripts/${language}/speech`, saying);
  await playSound(content);
}

// Has a word said and heard by a machine, without an entry and with it; writes what was heard, or why nothing was.
export async function tryWord(language, word, entry, place, telling = (message) => (place.textContent = message)) {
  place.textContent = words.trying;
  const { content } = await ask("POST", `/api/lexicons/${language}/hearing`, { word, ...(entry && { entry }) }, { telling });
  const told = [[words.heard_without, content.before], [words.heard_with, content.after]];
  place.textContent = told.filter(([, each]) => each).map(([phrase, each]) => fill(phrase, { heard: each.heard || "–" })).join(" ");
}

export async function hearWord(language, spoken) {
  const { content } = await ask("POST", `/api/lexicons/${language}/speech`, { spoken });
  await playSound(content);
}
