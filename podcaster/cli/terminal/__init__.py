"""Progress bars, logs and endings of commands on a terminal."""
