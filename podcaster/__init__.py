"""podcaster turns written reports into spoken podcasts in several languages."""

import os

# From 1.29 on, ONNX Runtime gives the machine an id and reports each process to its maker; it reads this once, when it is loaded.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
# Lines are made beside one another, a core each. numpy's OpenBLAS would start a thread for each core more, which mostly wait, at
# full speed: a third of what hearing a clip costs.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
