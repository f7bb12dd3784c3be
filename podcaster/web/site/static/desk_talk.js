// Requests to the editors' API, as JSON, with the header that proves that this page sent them.
export const words = JSON.parse(document.body.dataset.words);
export const language = document.documentElement.lang;
// The editor's own variety of the page's language: 24 hours or 12, 28 Nov or Nov 28.
export const locale = navigator.languages.find((each) => each.split("-")[0] === language.split("-")[0]) ?? language;
const said = document.getElementById("said");

export function say(message) {
  said.textContent = message;
  said.hidden = !message;
}

// Fills {name} in a phrase.
export const fill = (phrase, parts) => phrase.replace(/\{(\w+)\}/g, (_, name) => parts[name]);

// A number with the thousands separator that the server writes, too.
const figures = new Intl.NumberFormat(language, { maximumFractionDigits: 1, useGrouping: "always" });
export const figure = (number) => figures.format(number);

const CHANGES = ["PATCH", "PUT", "DELETE"];
const changes = new Set();

// Waits for the changes that are on their way; throws where one is refused.
export const changed = () => Promise.all(changes);

// Returns {status, etag, content}; shows errors on the page, except those that the caller expects or shows itself.
export async function ask(method, ...rest) {
  const answer = answered(method, ...rest);
  if (!CHANGES.includes(method)) return answer;
  changes.add(answer);
  try {
    return await answer;
  } finally {
    changes.delete(answer);
  }
}

async function answered(method, address, body, { headers = {}, expected = [], telling = say } = {}) {
  const plain = body === undefined || body instanceof Blob;
  const kinds = plain ? {} : { "content-type": "application/json" };
  let answer;
  try {
    answer = await fetch(address, {
      method,
      headers: { "x-podcaster-desk": "1", ...kinds, ...headers },
      body: plain ? body : JSON.stringify(body),
    });
  } catch {
    telling(words.unreachable);
    throw new Error(words.unreachable);
  }
  const json = /json/.test(answer.headers.get("content-type") || "");
  const content = answer.status === 204 ? null : json ? await answer.json() : await answer.blob();
  if (!answer.ok && !expected.includes(answer.status)) {
    telling(`${content.detail} ${content.remedy}`);
    throw new Error(content.code);
  }
  return { status: answer.status, etag: answer.headers.get("etag"), content };
}

// Ignores errors that were shown already.
export const quietly = (act) => (...given) => Promise.resolve(act(...given)).catch(() => {});

export function on(id, event, act) {
  document.getElementById(id)?.addEventListener(event, quietly(act));
}

export function element(name, kind = "", text = "") {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
}
export function button(text, act, kind = "") {
  const made = element("button", kind, text);
  made.type = "button";
  made.addEventListener("click", quietly(act));
  return made;
}
