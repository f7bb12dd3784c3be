// A listener's choices go to the service as JSON, and the page that they lead to is shown.
async function send(method, address, document_) {
  const headers = { "content-type": "application/json", accept: "application/json" };
  const body = document_ && JSON.stringify(document_);
  const answer = await fetch(address, { method, headers, body });
  if (answer.status === 204) return "/";
  const said = await answer.json();
  if (!answer.ok) throw new Error(`${said.detail} ${said.remedy}`);
  return new URL(said.url).pathname;
}

for (const form of document.querySelectorAll("form[data-choices]")) {
  const alert = form.querySelector("[role=alert]");
  // Only for a new listener: who has a podcast and no zone chose UTC.
  if (form.dataset.choices === "POST") form.elements.time_zone.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const first = data.get("first");
    const choices = {
      languages: [first, ...data.getAll("also").filter((tag) => tag !== first)],
      topics: data.getAll("topic"),
      authors: data.getAll("author"),
      max_minutes: Number(data.get("max_minutes")) || null,
      rate: Number(data.get("rate")),
      voice: (data.get("voice") ?? "").split(",").filter(Boolean),
      time_zone: data.get("time_zone").trim() || null,
      morning: data.get("morning") || null,
    };
    try {
      location.assign(await send(form.dataset.choices, form.getAttribute("action"), choices));
    } catch (error) {
      alert.textContent = error.message;
      alert.hidden = false;
    }
  });
}

for (const button of document.querySelectorAll("[data-send]")) {
  button.addEventListener("click", async () => {
    location.replace(await send(button.dataset.send, button.dataset.to));
  });
}

for (const button of document.querySelectorAll("[data-link-code]")) {
  const status = button.parentElement.nextElementSibling;
  button.addEventListener("click", async () => {
    const answer = await fetch(button.dataset.linkCode, { method: "POST", headers: { accept: "application/json" } });
    const said = await answer.json();
    const spelled = answer.ok && [...said.code].join(" ");
    status.textContent = answer.ok
      ? button.dataset.say.replace("{code}", spelled).replace("{minutes}", said.minutes)
      : `${said.detail} ${said.remedy}`;
  });
}
