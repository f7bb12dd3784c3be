// Copy buttons, on every page.
document.documentElement.classList.add("scripted");

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

for (const address of document.querySelectorAll("input[readonly]")) {
  address.addEventListener("focus", () => address.select());
}
