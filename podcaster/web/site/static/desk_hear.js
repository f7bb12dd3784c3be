// Says a wording aloud before it is kept.
import { ask } from "./desk_talk.js";

let player = null;

export async function hearText({ article, language }, saying) {
  player?.pause();
  const { content } = await ask("POST", `/api/articles/${article}/scripts/${language}/speech`, saying);
  player = new Audio(URL.createObjectURL(content));
  player.addEventListener("ended", () => URL.revokeObjectURL(player.src));
  await player.play();
}
