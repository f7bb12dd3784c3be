"""podcaster turns written reports into spoken podcasts in several languages."""

import os

# From 1.29 on, ONNX Runtime gives the machine an id and reports each process to its maker; it reads this once, when it is loaded.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
