// Two texts word by word (longest common subsequence): what differs, and what it says about sound.
import { element } from "./desk_talk.js";

const bare = (word) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

// The lengths of the longest common subsequences of all endings.
function common(one, other) {
  const longest = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      longest[i][j] = one[i] === other[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  return longest;
}

// The words of a text that are not among those that were heard, neighbours together.
export function differing(text, heard) {
  const shown = text.split(/\s+/).filter(bare);
  const [one, other] = [shown.map(bare), heard.split(/\s+/).map(bare).filter(Boolean)];
  const longest = common(one, other);
  const found = [];
  let joined = false;
  for (let i = 0, j = 0; i < one.length;) {
    if (j < other.length && one[i] === other[j]) {
      [i, j, joined] = [i + 1, j + 1, false];
    } else if (j < other.length && longest[i][j + 1] > longest[i + 1][j]) {
      j += 1;
    } else {
      const word = shown[i].replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
      if (joined) found[found.length - 1] += ` ${word}`;
      else found.push(word);
      [i, joined] = [i + 1, true];
    }
  }
  return found;
}

// Words, or letters where a script has no spaces; the spaces stay with the word before them.
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]\s*|[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]+\s*/gu;

// A paragraph in which the words of `before` alone are struck out and those of `after` alone are marked as new.
export function changes(before, after) {
  const [one, other] = [before.match(UNSPACED) || [], after.match(UNSPACED) || []];
  const longest = common(one.map((each) => each.trim()), other.map((each) => each.trim()));
  const parts = [];
  const add = (kind, word) => (parts.at(-1)?.[0] === kind ? (parts.at(-1)[1] += word) : parts.push([kind, word]));
  let [i, j] = [0, 0];
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i].trim() === other[j].trim()) {
      add("", other[j]);
      [i, j] = [i + 1, j + 1];
    } else if (j >= other.length || (i < one.length && longest[i + 1][j] >= longest[i][j + 1])) {
      add("del", one[i]);
      i += 1;
    } else {
      add("ins", other[j]);
      j += 1;
    }
  }
  const place = element("p", "changes");
  place.append(...parts.map(([kind, words]) => (kind ? element(kind, "", words) : document.createTextNode(words))));
  return place;
}
