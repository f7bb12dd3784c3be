// Follows links without a reload, so that the player plays on: fetches the page and replaces all but the player.
const OURS = /^\/(?:$|shows\/|episodes\/|listeners$|privacy$|styleguide$|offline$)/;
const REPLACED = ["main", "header.top", "footer.bottom", "a.skip"];
const HEAD = "link[rel=canonical], link[rel=alternate], link[rel=prev], link[rel=next], meta[name=description], meta[name=robots], meta[property], script[type='application/ld+json']";
let shown = location.pathname + location.search;
let pending;
const ABORTED = Symbol("aborted");

// `opened` prepares a page that has been put in place.
export function followLinks(opened, announce, speakAs) {
  history.scrollRestoration = "manual";

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[href]");
    if (!link || link.target || link.download) return;
    const url = new URL(link.href);
    const samePage = url.pathname + url.search === shown && url.hash;
    if (samePage || !goesOn(url)) return;
    event.preventDefault();
    visit(url, { push: true });
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "get") return;
    const url = new URL(form.action);
    url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    if (!goesOn(url)) return;
    event.preventDefault();
    visit(url, { push: true });
  });

  addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) visit(new URL(location.href), { top: history.state?.top ?? 0 });
  });
  addEventListener("scroll", rememberScroll, { passive: true });

  async function visit(url, { push = false, top = 0 }) {
    pending?.abort();
    pending = new AbortController();
    const slow = setTimeout(() => document.documentElement.classList.add("loading"), 250);
    const got = await fetched(url, pending.signal);
    clearTimeout(slow);
    document.documentElement.classList.remove("loading");
    if (got === ABORTED) return;
    if (!got) { location.assign(url); return; }
    // A redirect leads elsewhere, and says nothing of the part of the page that was asked for.
    const reached = new URL(got.address);
    reached.hash ||= url.hash;
    if (push) history.pushState({ top: 0 }, "", reached);
    else if (reached.href !== url.href) history.replaceState(history.state, "", reached);
    shown = reached.pathname + reached.search;
    replace(got.page);
    speakAs(got.page);
    opened();
    place(reached, top);
    announce(document.title);
  }
}

// The page as a document, with the address that it came from; null if it has to be loaded whole.
async function fetched(url, signal) {
  try {
    const response = await fetch(url, { headers: { accept: "text/html" }, signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    // The parser runs no scripts, and takes what is for browsers without them for content.
    for (const each of page.querySelectorAll("noscript")) each.remove();
    return replaceable(response, page) ? { page, address: response.url } : null;
  } catch (error) {
    return error.name === "AbortError" ? ABORTED : null;
  }
}

const goesOn = (url) => url.origin === location.origin && OURS.test(url.pathname);

// Pages of another version have other styles and scripts: they are loaded whole.
function replaceable(response, page) {
  const style = (each) => each.querySelector("link[rel=stylesheet]")?.getAttribute("href");
  return response.headers.get("content-type")?.startsWith("text/html") && page.querySelector(".player") && style(page) === style(document);
}

function replace(page) {
  for (const what of REPLACED) document.querySelector(what).replaceWith(page.querySelector(what));
  for (const old of document.head.querySelectorAll(HEAD)) old.remove();
  document.head.append(...page.head.querySelectorAll(HEAD));
  document.title = page.title;
  if (navigator.serviceWorker?.controller) document.documentElement.classList.add("typefaces");
  document.documentElement.lang = page.documentElement.lang;
  document.documentElement.dir = page.documentElement.dir;
}

// The heading gets the focus, as on a new page; the view goes to the top, to the link's target, or back to where it was.
function place(url, top) {
  const heading = document.querySelector("main h1");
  if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
  const target = url.hash && document.getElementById(decodeURIComponent(url.hash.slice(1)));
  if (target) target.scrollIntoView();
  else scrollTo({ top, behavior: "instant" });
}

let noted = 0;
function rememberScroll() {
  clearTimeout(noted);
  noted = setTimeout(() => history.replaceState({ ...history.state, top: scrollY }, ""), 150);
}
