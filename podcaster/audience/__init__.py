"""DownloadRecorder measurement: which responses make a download, and which apps make them. Stores no client address."""
