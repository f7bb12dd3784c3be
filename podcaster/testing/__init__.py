"""Fakes and faulty fakes: for our tests, and for those of whoever builds on podcaster."""
