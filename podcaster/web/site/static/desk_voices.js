// Voices: one is heard at a time; a choice counts from the next render.
import { ask, quietly, say } from "./desk_talk.js";

let player = null;
let playing = null;
function stop() {
  player?.pause();
  playing?.classList.remove("playing");
  player = playing = null;
}
for (const button of document.querySelectorAll("[data-hear]")) {
  button.addEventListener("click", quietly(async () => {
    const again = playing === button;
    stop();
    if (again) return;
    [playing, player] = [button, new Audio(`/api/voices/${encodeURIComponent(button.dataset.hear)}/preview`)];
    button.classList.add("playing");
    button.setAttribute("aria-busy", "true");
    player.addEventListener("ended", stop);
    player.addEventListener("error", () => { say(button.getAttribute("aria-label")); stop(); });
    try {
      await player.play();
    } finally {
      button.removeAttribute("aria-busy");
    }
  }));
}
for (const button of document.querySelectorAll("[data-choose]")) {
  button.addEventListener("click", quietly(async () => {
    const { language } = button.closest("[data-language]").dataset;
    await ask("PUT", `/api/voices/${language}`, { voice: button.dataset.choose || null });
    location.reload();
  }));
}
