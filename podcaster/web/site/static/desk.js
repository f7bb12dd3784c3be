// Every page of the desk: sign-in, keyboard shortcuts, dates in the editor's own form.
import { ask, locale, on } from "./desk_talk.js";

on("sign-in", "submit", async (event) => {
  event.preventDefault();
  await ask("POST", "/desk/session", { key: new FormData(event.target).get("key") });
  location.reload();
});
on("log-out", "click", async () => {
  await ask("DELETE", "/desk/session");
  location.assign("/desk");
});

// ---- keyboard shortcuts
const help = document.getElementById("keys");
const signedIn = Boolean(document.getElementById("log-out"));
on("keys-open", "click", () => help.showModal());
const ways = { i: "/desk", n: "/desk/new" };
document.addEventListener("keydown", (event) => {
  if (!signedIn || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, dialog[open]")) return;
  if (event.key === "?") help.showModal();
  else if (event.key in ways) location.assign(ways[event.key]);
  else return;
  event.preventDefault();
});

// ---- rows that scroll sideways: the current entry in view, edges that fade where there is more
for (const row of document.querySelectorAll(".rail nav, .tabs")) {
  const fade = () => {
    const before = Math.abs(row.scrollLeft);
    row.classList.toggle("more-before", before > 4);
    row.classList.toggle("more-after", row.scrollWidth - row.clientWidth - before > 4);
  };
  const entry = row.querySelector("[aria-current]");
  if (entry) row.scrollLeft = entry.offsetLeft - row.offsetLeft - (row.clientWidth - entry.offsetWidth) / 2;
  row.addEventListener("scroll", fade, { passive: true });
  new ResizeObserver(fade).observe(row);
}

// ---- dates
const now = new Date();
for (const each of document.querySelectorAll("time[data-local], time[data-day]")) {
  const moment = new Date(each.dateTime);
  const dayOnly = "day" in each.dataset;
  const near = moment.getFullYear() === now.getFullYear() || (moment < now && now - moment < 300 * 86_400_000);
  const day = { day: "numeric", month: "short", ...(near ? {} : { year: "numeric" }) };
  const time = { hour: "numeric", minute: "2-digit" };
  if (!each.title) each.title = moment.toLocaleString(locale);
  const form = !dayOnly ? { ...day, ...time } : moment.toDateString() === now.toDateString() && each.dateTime.includes("T") ? time : day;
  each.textContent = new Intl.DateTimeFormat(locale, form).format(moment);
}
