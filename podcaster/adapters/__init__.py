"""One outside thing a module. Imported by wiring alone; none imports another."""
