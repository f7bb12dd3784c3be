"""First contentful paint, largest paint, layout shift and bytes of the site's pages, on a throttled phone in Chromium.

150 ms of latency for each request, 1.6 Mbit/s, 390 pixels, nothing in the cache; the processor as it is, and four times as
slow. Pages and speeds take turns. The site holds the reports of samples/, rendered in English before anything is measured.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Browser, sync_playwright

SAMPLES = Path(__file__).parent.parent / "samples"
ROUNDS = int(os.environ.get("ROUNDS", "5"))
SLOWER = (1, 4)
LATENCY_MS = 150
DOWN, UP = 1_600_000 // 8, 750_000 // 8
"""Bytes a second."""
MEASURED = """() => new Promise((done) => {
  let [shift, largest] = [0, 0];
  new PerformanceObserver((list) => { for (const each of list.getEntries()) shift += each.value; })
    .observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => { for (const each of list.getEntries()) largest = each.startTime; })
    .observe({ type: 'largest-contentful-paint', buffered: true });
  const files = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .filter((each) => !/[/](covers|media)[/]/.test(each.name));
  setTimeout(() => done({
    first: performance.getEntriesByName('first-contentful-paint')[0].startTime, largest, shift,
    bytes: files.reduce((sum, each) => sum + each.encodedBodySize, 0),
  }), 600);
})"""


@contextmanager
def site(folder: Path) -> Iterator[str]:
    """A service with the samples; its URL."""
    environment = {**os.environ, "PODCASTER_DATA": str(folder), "PODCASTER_LANGUAGES": "en", "PODCASTER_PROOF": "off"}
    podcaster = [sys.executable, "-m", "podcaster"]
    renders = []
    for sample in sorted(SAMPLES.iterdir()):
        added = [*podcaster, "articles", "add", str(sample), "--json"]
        renders.append(json.loads(subprocess.run(added, env=environment, check=True, capture_output=True).stdout))
    with subprocess.Popen(
        [*podcaster, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        url = (process.stdout or sys.stdin).readline().split()[-1]
        try:
            with httpx.Client(base_url=url, trust_env=False, timeout=120) as client:
                while client.get("/feeds/en.xml").text.count("<item>") < len(renders):
                    time.sleep(0.5)
            yield url
        finally:
            process.terminate()


def measured(browser: Browser, url: str, path: str, slower: int) -> dict[str, float]:
    """One visit of somebody who was never here."""
    context = browser.new_context(
        base_url=url,
        locale="en",
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        service_workers="block",
    )
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY_MS, "downloadThroughput": DOWN, "uploadThroughput": UP},
    )
    tools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(path, wait_until="load")
    found: dict[str, float] = page.evaluate(MEASURED)
    context.close()
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, site(Path(folder)) as url, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with httpx.Client(base_url=url, trust_env=False) as client:
            episode = client.get("/").text.split('class="picture" href="')[1].split('"')[0]
        paths = {"home": "/", "show": "/shows/en", "episode": episode, "listeners": "/listeners"}
        load = os.getloadavg()[0]
        found: dict[tuple[str, int], list[dict[str, float]]] = {}
        for _ in range(ROUNDS):
            for slower in SLOWER:
                for name, path in paths.items():
                    found.setdefault((name, slower), []).append(measured(browser, url, path, slower))
        browser.close()
        print(f"{ROUNDS} rounds; load {load:.1f} at the start, {os.getloadavg()[0]:.1f} at the end")
        for (name, slower), visits in found.items():
            first = [each["first"] for each in visits]
            print(
                f"{name:<10} processor 1/{slower}  first paint {statistics.median(first):5.0f} ms "
                f"({min(first):.0f}–{max(first):.0f})  largest {statistics.median(each['largest'] for each in visits):5.0f} ms  "
                f"shift {max(each['shift'] for each in visits):.4f}  {visits[0]['bytes'] / 1000:.0f} kB without artwork"
            )


if __name__ == "__main__":
    main()
