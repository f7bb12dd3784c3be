// An editor's own recording: by the microphone, or from a file. Loudness and format are made right on the server.
import { clock } from "./clock.js";
import { playSound } from "./desk_hear.js";
import { button, element, quietly, say, words } from "./desk_talk.js";

// A button that records until it is pressed again, then lets the editor hear the take before it is used.
export function recordButton(use, kind = "") {
  let recorder = null;
  const place = element("span", "row");
  const length = element("span", "time recorded");
  length.setAttribute("role", "timer");
  let counting = 0;
  // The pressed button stays where it is, so that it keeps the focus.
  const after = (...others) => {
    while (press.nextSibling) press.nextSibling.remove();
    place.append(...others);
  };
  const press = button(words.record, async () => {
    if (recorder) return recorder.stop();
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: false, autoGainControl: false } });
    } catch {
      return say(words.no_microphone);
    }
    const parts = [];
    recorder = new MediaRecorder(stream);
    recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    recorder.addEventListener("stop", () => {
      stream.getTracks().forEach((track) => track.stop());
      const sound = new Blob(parts, { type: recorder.mimeType.split(";")[0] });
      recorder = null;
      clearInterval(counting);
      press.textContent = words.record_again;
      press.setAttribute("aria-pressed", "false");
      after(length, button(words.hear, () => playSound(sound)), button(words.use_recording, () => use(sound), "button"));
    });
    recorder.start();
    const began = performance.now();
    const count = () => { length.textContent = clock((performance.now() - began) / 1000); };
    count();
    counting = setInterval(count, 250);
    after(length);
    press.textContent = words.stop_recording;
    press.setAttribute("aria-pressed", "true");
  }, kind);
  place.append(press);
  return place;
}

export function uploadButton(use, kind = "quiet") {
  const label = element("label", `button ${kind} file`, `${words.upload_recording} `);
  const input = element("input", "unseen");
  Object.assign(input, { type: "file", accept: "audio/*" });
  input.addEventListener("change", quietly(() => use(input.files[0])));
  label.append(input);
  return label;
}
