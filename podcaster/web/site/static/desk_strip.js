// The waveform of an episode, and the player behind it: play from here, loop a line.
import { ask, quietly } from "./desk_talk.js";

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

// Returns {play(start, end, {loop}), stop(), playing}; null without audio.
export function openStrip({ article, language, audio: address }, lines) {
  const audio = document.getElementById("audio");
  if (!audio) return null;
  const strip = document.getElementById("strip");
  const canvas = strip.querySelector("canvas");
  const slider = strip.querySelector("input");
  const time = document.getElementById("strip-time");
  const button = document.getElementById("strip-play");
  const whole = lines.length ? lines[lines.length - 1].end + 0.6 : 0;
  let peaks = null;
  let until = null; // where a line that is played alone ends
  let again = null; // where it begins again

  slider.max = String(whole);
  const length = () => (Number.isFinite(audio.duration) ? audio.duration : whole);

  function draw() {
    const { width, height } = strip.getBoundingClientRect();
    const scale = devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const pen = canvas.getContext("2d");
    const colour = (name) => getComputedStyle(document.body).getPropertyValue(name);
    const probe = (name) => { canvas.style.color = `var(${name})`; return getComputedStyle(canvas).color; };
    pen.scale(scale, scale);
    pen.clearRect(0, 0, width, height);
    if (!colour("--accent") || !peaks) return;
    const { per_second, values } = peaks;
    const seconds = values.length / per_second;
    pen.fillStyle = probe("--warn-paper");
    for (const line of lines.filter((each) => each.flagged)) {
      pen.fillRect((line.start / seconds) * width, 0, Math.max(2, ((line.end - line.start) / seconds) * width), height);
    }
    const heard = (audio.currentTime / seconds) * width;
    const [past, ahead, doubtful] = [probe("--accent"), probe("--edge"), probe("--warn")];
    const step = 3;
    const mean = values.reduce((sum, each) => sum + each, 0) / values.length || 1;
    const flaggedAt = (second) => lines.some((line) => line.flagged && line.start <= second && second <= line.end);
    for (let x = 0; x < width; x += step) {
      const from = Math.floor((x / width) * values.length);
      const to = Math.max(from + 1, Math.floor(((x + step) / width) * values.length));
      const part = values.slice(from, to);
      const level = part.reduce((sum, each) => sum + each, 0) / part.length / mean;
      const tall = Math.max(1.5, Math.min(1, level ** 1.4 / 1.9) * (height - 6));
      pen.fillStyle = x < heard ? past : flaggedAt((x / width) * seconds) ? doubtful : ahead;
      pen.fillRect(x, (height - tall) / 2, step - 1, tall);
    }
  }

  function follow() {
    slider.value = String(audio.currentTime);
    time.textContent = `${clock(audio.currentTime)} / ${clock(length())}`;
    if (until !== null && audio.currentTime >= until) {
      if (again !== null) audio.currentTime = again;
      else {
        until = null;
        audio.pause();
      }
    }
    draw();
  }
  let watching = 0;
  function watch() {
    follow();
    if (!audio.paused) watching = requestAnimationFrame(watch);
  }
  audio.addEventListener("play", () => {
    cancelAnimationFrame(watching);
    watch();
    button.classList.add("playing");
  });
  audio.addEventListener("pause", () => { follow(); button.classList.remove("playing"); });
  audio.addEventListener("seeked", follow);
  audio.addEventListener("loadedmetadata", follow);
  slider.addEventListener("input", () => {
    until = again = null;
    audio.currentTime = Number(slider.value);
    follow();
  });
  button.addEventListener("click", () => {
    until = again = null;
    if (audio.paused) audio.play().catch(() => {});
    else audio.pause();
  });
  new ResizeObserver(draw).observe(strip);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  follow();
  quietly(async () => {
    const { content } = await ask("GET", `/api/articles/${article}/episodes/${language}/peaks`, undefined, { telling: () => {} });
    peaks = content;
    draw();
  })();

  return {
    audio,
    play(start, end = null, { loop = false } = {}) {
      audio.currentTime = start;
      until = end;
      again = loop ? start : null;
      audio.play().catch(() => {});
    },
    stop() {
      until = again = null;
      audio.pause();
    },
    get looping() {
      return again;
    },
    address,
  };
}
