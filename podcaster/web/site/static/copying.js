// Copy buttons, and fields that are selected when they get the focus.
export function copyButtons(within) {
  for (const button of within.querySelectorAll("[data-copy]:not([data-ready])")) {
    button.dataset.ready = "";
    if (!navigator.clipboard) { button.hidden = true; continue; }
    const text = button.querySelector("span") ?? button;
    const label = text.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      text.textContent = button.dataset.copied;
      setTimeout(() => { text.textContent = label; }, 2000);
    });
  }
  for (const address of within.querySelectorAll("input[readonly]")) address.onfocus = () => address.select();
}
