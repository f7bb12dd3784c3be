"""The fakes and the faulty fakes that podcaster ships, for its own tests and for those of engines written elsewhere."""
