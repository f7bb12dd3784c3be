// Sign-in, and the form that adds a report.
import { ask, on, quietly } from "./desk_talk.js";

on("sign-in", "submit", async (event) => {
  event.preventDefault();
  await ask("POST", "/desk/session", { key: new FormData(event.target).get("key") });
  location.reload();
});
on("log-out", "click", async () => {
  await ask("DELETE", "/desk/session");
  location.assign("/desk");
});

const kinds = {
  html: "text/html", htm: "text/html", md: "text/markdown", markdown: "text/markdown", txt: "text/plain", pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", epub: "application/epub+zip", eml: "message/rfc822",
};

async function handIn(form, file) {
  const data = new FormData(form);
  const languages = data.getAll("language");
  const chosen = file || (data.get("file").size ? data.get("file") : null);
  let answer;
  if (chosen) {
    const kind = kinds[chosen.name.split(".").pop().toLowerCase()] || chosen.type || "text/plain";
    const query = languages.length ? `?languages=${languages.join(",")}` : "";
    answer = await ask("POST", `/api/articles${query}`, chosen, { headers: { "content-type": kind } });
  } else {
    const url = data.get("url").trim();
    const report = url ? { url } : { markdown: data.get("markdown") };
    answer = await ask("POST", "/api/articles", { ...report, ...(languages.length && { languages }) });
  }
  location.assign(`/desk/${answer.content.article}`);
}

const form = document.getElementById("hand-in");
on("hand-in", "submit", (event) => {
  event.preventDefault();
  return handIn(form);
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  form?.addEventListener(kind, quietly((event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", kind === "dragover");
    if (kind === "drop") return handIn(form, event.dataTransfer.files[0]);
  }));
}

// ---- sources
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
