"""Places that publish reports: what they list, and when they are asked again. Pure: bytes and times in, values out."""
