"""Fakes and faulty fakes, for our tests and those of packages built on podcaster."""
