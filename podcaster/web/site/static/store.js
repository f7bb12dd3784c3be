// What the player keeps, on this device only: positions, speed, queue, what was heard. Storage may be disabled; then nothing is kept.
const PREFIX = "podcaster:";
const PLACE = `${PREFIX}place:`;
const PLACES = 100, HEARD = 500;

export function read(name) {
  try { return localStorage.getItem(PREFIX + name); } catch { return null; }
}

export function write(name, value) {
  try { localStorage.setItem(PREFIX + name, value); } catch { return; }
}

export function drop(name) {
  try { localStorage.removeItem(PREFIX + name); } catch { return; }
}

export function readJson(name, otherwise) {
  try { return JSON.parse(read(name)) ?? otherwise; } catch { return otherwise; }
}

export const writeJson = (name, value) => write(name, JSON.stringify(value));

// A position: seconds, and when it was stored.
export function place(id) {
  return Number(read(`place:${id}`)?.split(" ")[0]) || 0;
}

export function keepPlace(item, seconds) {
  write(`place:${item.id}`, `${seconds.toFixed(1)} ${Date.now()}`);
  const episodes = readJson("episodes", {});
  episodes[item.id] = { ...item, chapters: undefined };
  const kept = placesNewestFirst();
  for (const id of kept.slice(PLACES)) drop(`place:${id}`);
  for (const id of Object.keys(episodes)) if (!kept.includes(id)) delete episodes[id];
  writeJson("episodes", episodes);
  noteContinuing();
}

export function dropPlace(id) {
  drop(`place:${id}`);
  noteContinuing();
}

// Episodes that were begun, the last heard first.
export function begun() {
  const episodes = readJson("episodes", {});
  return placesNewestFirst().map((id) => episodes[id]).filter((item) => item && place(item.id) > 10);
}

export function noteHeard(id) {
  writeJson("heard", [...heard().filter((each) => each !== id), id].slice(-HEARD));
}

export const heard = () => readJson("heard", []);

function noteContinuing() {
  if (begun().length) write("continues", "1"); else drop("continues");
}

function placesNewestFirst() {
  let names;
  try { names = Object.keys(localStorage).filter((name) => name.startsWith(PLACE)); } catch { return []; }
  const since = (name) => Number(localStorage.getItem(name)?.split(" ")[1] ?? 0);
  return names.sort((one, other) => since(other) - since(one)).map((name) => name.slice(PLACE.length));
}
