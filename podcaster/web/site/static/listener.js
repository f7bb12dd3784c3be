// The form for a podcast of one's own: prefills the time zone of a new one, and shows what its feed would hold. The preferred language is not offered as another one.
let asked = 0;

export function prepareChoices() {
  for (const form of document.querySelectorAll("form.choices")) {
    form.elements.first.addEventListener("change", () => offerOthers(form));
  }
  for (const form of document.querySelectorAll("form[data-new]")) {
    form.elements.time_zone.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
    form.addEventListener("change", () => showPreview(form));
  }
}

function offerOthers(form) {
  for (const box of form.querySelectorAll("[name=also]")) {
    const preferred = box.value === form.elements.first.value;
    box.closest("label").hidden = preferred;
    if (preferred) box.checked = false;
  }
}

// The latest answer counts; while a choice makes no sense, the preview stays as it is.
async function showPreview(form) {
  const number = ++asked;
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const response = await fetch(`/listeners/preview?${query}`).catch(() => null);
  if (!response?.ok || number !== asked) return;
  const part = new DOMParser().parseFromString(await response.text(), "text/html").body;
  for (const each of part.querySelectorAll("noscript")) each.remove();
  document.querySelector("[data-preview]")?.replaceChildren(...part.childNodes);
}
