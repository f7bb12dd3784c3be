// An episode's page: it begins at the link's time or sentence, and says where the listener stopped; links to a moment.
import { clock } from "./clock.js";
import * as playback from "./playback.js";

const { audio, changes } = playback;
const page = () => document.querySelector("[data-page]");
export const pageItem = () => (page() ? JSON.parse(page().dataset.episode) : null);

// The time of #t=93, #t=1:33, #line-7 or ?t=93, which servers see too, so that a shared link's card starts there.
function timeIn({ hash, search }) {
  const time = /^#t=(?:(\d+):)?(?:(\d+):)?(\d+(?:\.\d+)?)$/.exec(hash);
  if (time) {
    const [hours, minutes] = time[2] === undefined ? [0, time[1] ?? 0] : [time[1], time[2]];
    return Number(hours) * 3600 + Number(minutes) * 60 + Number(time[3]);
  }
  const line = hash.startsWith("#line-") && document.getElementById(hash.slice(1));
  if (line) return Number(line.dataset.start);
  return Number(new URLSearchParams(search).get("t")) || undefined;
}

// Loads the page's episode, unless another one is being heard.
export function openPage() {
  const item = pageItem();
  if (!item) return;
  const at = timeIn(location), now = playback.current();
  const report = (each) => each?.id.split("/")[0];
  const sameReport = now && report(now) === report(item) && now.id !== item.id;
  if (playback.isCurrent(item)) { if (at !== undefined) playback.seek(at); return; }
  if (audio.paused || (sameReport && at !== undefined)) playback.load(item, { at, play: !audio.paused });
}

changes.addEventListener("item", ({ detail }) => {
  const note = document.querySelector("[data-resumed]");
  if (!note || !playback.isCurrent(pageItem())) return;
  note.hidden = !detail.resumed;
  note.firstElementChild.textContent = page().dataset.continued.replace("{time}", clock(detail.resumed));
});

const does = {
  restart: () => {
    document.querySelector("[data-resumed]").hidden = true;
    playback.load(pageItem(), { at: 0, play: true });
  },
  share,
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-page] [data-do]");
  does[button?.dataset.do]?.(button);
});

addEventListener("hashchange", () => {
  const at = pageItem() ? timeIn(location) : undefined;
  if (at === undefined) return;
  if (playback.isCurrent(pageItem())) playback.seek(at); else playback.load(pageItem(), { at });
});

// Link to the current time; it is put into the address bar even if it cannot be copied.
async function share(button) {
  const url = new URL(location.href);
  url.hash = "";
  if (playback.isCurrent(pageItem())) url.searchParams.set("t", Math.floor(audio.currentTime));
  history.replaceState(history.state, "", url);
  const copied = await navigator.clipboard?.writeText(url.href).then(() => true, () => false);
  document.querySelector("[data-said]").textContent = copied ? `${button.dataset.copied}: ${url.href}` : url.href;
}
