// Requests to the editors' API, as JSON, with the header that proves that this page sent them.
const desk = document.querySelector(".desk");
export const words = JSON.parse(desk.dataset.words);
const said = document.getElementById("said");

export function say(message) {
  said.textContent = message;
  said.hidden = !message;
}

// Returns {status, etag, content}; shows errors on the page, except those that the caller expects.
export async function ask(method, address, body, { headers = {}, expected = [] } = {}) {
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
    say(words.unreachable);
    throw new Error(words.unreachable);
  }
  const content = answer.status === 204 ? null : await answer.json();
  if (!answer.ok && !expected.includes(answer.status)) {
    say(`${content.detail} ${content.remedy}`);
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
export function button(text, act) {
  const made = element("button", "", text);
  made.type = "button";
  made.addEventListener("click", quietly(act));
  return made;
}
