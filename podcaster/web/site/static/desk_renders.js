// Renders: cost, progress, cancelling.
import { ask, changed, fill, on, quietly, say, words } from "./desk_talk.js";

const under_way = (state) => ["queued", "running"].includes(state);
const soon = () => new Promise((then) => setTimeout(then, 250));

// Do not reload while a line is being edited.
async function reload() {
  while (document.querySelector(".editing, dialog[open]")) await soon();
  location.reload();
}

export function openRenders({ article, language, render }) {
  const again = document.getElementById("rerender");
  const stop = document.getElementById("cancel");
  const bar = document.getElementById("progress");
  const stage = document.getElementById("stage");
  const cost = document.getElementById("cost");
  let watched = null;

  function show({ state, languages }) {
    const made = languages[language] || Object.values(languages)[0];
    const left = under_way(state) && made.seconds_left ? ` · ${Math.ceil(made.seconds_left)} s` : "";
    const lines = made.lines ? ` ${made.done}/${made.lines}` : "";
    if (made.lines) Object.assign(bar, { max: made.lines, value: made.done });
    stage.textContent = `${words[state] || state}${lines}${left}`;
  }

  // The browser reconnects by itself, with the id of the last event.
  function follow(id) {
    watched = id;
    again.disabled = true;
    bar.hidden = stop.hidden = false;
    cost.hidden = true;
    let before = null;
    const events = new EventSource(`/api/renders/${id}/events`);
    events.addEventListener("progress", ({ data }) => {
      const now = JSON.parse(data);
      const mine = now.languages[language]?.state;
      const heard = mine === "done" && before !== null && before !== "done";
      before = mine || "";
      show({ ...now, state: heard ? "done" : now.state });
      if (!heard && under_way(now.state)) return;
      events.close();
      reload();
    });
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CLOSED) say(words.unreachable);
    });
  }

  async function weigh() {
    const { content } = await ask("GET", `/api/articles/${article}/renders/plan?languages=${language}`);
    const plan = content.languages[language];
    const parts = { translated: plan.translated, spoken: plan.spoken, reused: plan.reused, seconds: Math.ceil(plan.seconds) };
    cost.textContent = plan.error || fill(words.cost, parts);
    cost.hidden = Boolean(watched);
  }

  on("rerender", "click", async () => {
    again.disabled = true;
    try {
      await changed(); // a render that overtook them would be made of what was there before
      const { content } = await ask("POST", `/api/articles/${article}/renders`, { languages: [language] });
      follow(content.render);
    } catch (refused) {
      again.disabled = false;
      throw refused;
    }
  });
  on("cancel", "click", () => ask("POST", `/api/renders/${watched}/cancel`));
  document.addEventListener("settled", quietly(weigh));
  // The page comes with the button disabled: a click before this script listens would be lost.
  again.disabled = false;
  if (render) follow(render);
  else quietly(weigh)();
}
