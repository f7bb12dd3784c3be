// Service worker: pages and files for when there is no network, and saved episodes with byte ranges. The service fills in the names.
const SHELL = "podcaster-shell-%VERSION%";
const PAGES = "podcaster-pages";
const SAVED = "podcaster-saved";
const SHELL_FILES = %FILES%;
const OFFLINE = "/offline";
const LASTING = /^\/(?:static|brand|covers)\//;
const PAGE = /^\/(?:$|shows\/|episodes\/|listeners$|privacy$|offline$)/;
const MOST_PAGES = 40;

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const shell = await caches.open(SHELL);
    await shell.addAll([...SHELL_FILES, OFFLINE]);
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("podcaster-shell-") && name !== SHELL) await caches.delete(name);
    }
    await clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/media/")) event.respondWith(media(request));
  else if (LASTING.test(url.pathname)) event.respondWith(lasting(request));
  else if (PAGE.test(url.pathname) && request.headers.get("accept")?.includes("text/html")) event.respondWith(page(event, url));
});

// Saved audio is answered in parts, as players ask for it (RFC 9110 §14); everything else comes from the network.
async function media(request) {
  const saved = await (await caches.open(SAVED)).match(request.url);
  return saved ? part(saved, request.headers.get("range")) : fetch(request);
}

async function part(saved, range) {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range ?? "");
  if (!asked || (!asked[1] && !asked[2])) return saved;
  const whole = await saved.blob();
  const first = asked[1] ? Number(asked[1]) : Math.max(0, whole.size - Number(asked[2]));
  const last = asked[1] && asked[2] ? Math.min(Number(asked[2]), whole.size - 1) : whole.size - 1;
  if (first > last) return new Response(null, { status: 416, headers: { "content-range": `bytes */${whole.size}` } });
  const headers = {
    "accept-ranges": "bytes", "content-type": saved.headers.get("content-type"), "content-length": String(last - first + 1),
    "content-range": `bytes ${first}-${last}/${whole.size}`,
  };
  return new Response(whole.slice(first, last + 1), { status: 206, headers });
}

async function lasting(request) {
  const kept = await caches.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && new URL(request.url).search.startsWith("?v=")) (await caches.open(SHELL)).put(request.url, response.clone());
  return response;
}

// The network first; without one, the page as it was, else the list of saved episodes.
async function page(event, url) {
  let response;
  try {
    response = await fetch(event.request);
  } catch {
    const pages = await caches.open(PAGES);
    return (await (await caches.open(SAVED)).match(url.href)) ?? (await pages.match(url.href)) ?? caches.match(OFFLINE);
  }
  // A full quota keeps a page from being kept, not from being shown.
  if (response.ok && !response.redirected) event.waitUntil(keep(url.href, response.clone()).catch(console.warn));
  return response;
}

async function keep(address, response) {
  const pages = await caches.open(PAGES);
  await pages.put(address, response);
  for (const old of (await pages.keys()).slice(0, -MOST_PAGES)) await pages.delete(old);
}
