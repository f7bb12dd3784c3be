// Watched sources: add, poll, remove, change the rules.
import { ask, on, quietly } from "./desk_talk.js";

// The rules that a form holds: names with commas between them, and numbers.
function rulesOf(form) {
  const said = new FormData(form);
  const rules = {};
  for (const [name, value] of said) {
    if (name.endsWith("_words")) rules[name] = Number(value) || 0;
    else if (name !== "url") rules[name] = value.split(",").map((each) => each.trim()).filter(Boolean);
  }
  return rules;
}

on("watch", "submit", async (event) => {
  event.preventDefault();
  await ask("POST", "/api/sources", {
    url: new FormData(event.target).get("url").trim(), rules: rulesOf(event.target),
  });
  location.reload();
});
for (const each of document.querySelectorAll("li[data-source]")) {
  const source = `/api/sources/${each.dataset.source}`;
  each.querySelector("[data-poll]").addEventListener("click", quietly(async ({ target }) => {
    target.disabled = true;
    const { content: before } = await ask("POST", `${source}/poll`);
    for (let tries = 40; tries; tries -= 1) {
      await new Promise((then) => setTimeout(then, 500));
      const { content } = await ask("GET", "/api/sources");
      const now = content.sources.find((one) => one.source === each.dataset.source);
      if (!now || now.polled !== before.polled) break;
    }
    location.reload();
  }));
  each.querySelector("[data-rules]").addEventListener("submit", quietly(async (event) => {
    event.preventDefault();
    await ask("PATCH", source, { rules: rulesOf(event.target) });
    location.reload();
  }));
  each.querySelector("[data-unwatch]").addEventListener("click", quietly(async () => {
    await ask("DELETE", source);
    each.remove();
  }));
}
