// Watched sources: add, poll, remove.
import { ask, on, quietly } from "./desk_talk.js";

on("watch", "submit", async (event) => {
  event.preventDefault();
  await ask("POST", "/api/sources", { url: new FormData(event.target).get("url").trim() });
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
  each.querySelector("[data-unwatch]").addEventListener("click", quietly(async () => {
    await ask("DELETE", source);
    each.remove();
  }));
}
