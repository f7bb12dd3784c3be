// Runs before the page is drawn, so that nothing moves when the modules have loaded.
const root = document.documentElement;
root.classList.add("scripted");
try {
  if (localStorage.getItem("podcaster:continues")) root.classList.add("continues");
} catch {
  // Storage is disabled: nothing is kept, so nothing continues.
}
// Text waits for preloaded typefaces. Where the page itself was slow to come, it has the system's until the service worker keeps ours.
const SLOW_MS = 100;
const [visit] = performance.getEntriesByType("navigation");
if (!navigator.serviceWorker?.controller && visit?.responseStart - visit?.requestStart > SLOW_MS) root.classList.remove("typefaces");
else {
  for (const font of document.currentScript.dataset.fonts?.split(" ") ?? []) {
    const href = `/static/fonts/${font}.woff2`;
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href }));
  }
}
