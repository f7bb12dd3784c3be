// The tag that publishers paste: puts the player in its place and keeps it as high as it needs.
// <script async src="https://…/embed.js" data-report="a-report-12345678" data-lang="es" data-theme="dark" data-accent="a4262c"></script>
(() => {
  const tag = document.currentScript;
  const { report = "", lang = "", topic = "", count = "", theme = "", accent = "", title = "Podcast" } = tag.dataset;
  const address = new URL("/embed", tag.src);
  for (const each of report.split(/[\s,]+/).filter(Boolean)) address.searchParams.append("report", each);
  for (const [name, value] of Object.entries({ lang, topic, count, theme, accent: accent.replace("#", "") })) {
    if (value) address.searchParams.set(name, value);
  }
  const frame = document.createElement("iframe");
  Object.assign(frame, { src: address.href, title, loading: "lazy", allow: "autoplay" });
  Object.assign(frame.style, { width: "100%", height: "200px", border: "0", colorScheme: theme || "normal" });
  addEventListener("message", (event) => {
    if (event.source === frame.contentWindow && event.data?.podcaster === "height") frame.style.height = `${event.data.height}px`;
  });
  tag.after(frame);
})();
