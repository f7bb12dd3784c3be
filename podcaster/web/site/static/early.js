// Runs before the page is drawn, so that nothing moves when the modules have loaded.
document.documentElement.classList.add("scripted");
try {
  if (localStorage.getItem("podcaster:continues")) document.documentElement.classList.add("continues");
} catch {
  // Storage is disabled: nothing is kept, so nothing continues.
}
