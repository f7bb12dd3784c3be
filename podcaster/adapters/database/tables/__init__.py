"""Table definitions; migrations/ creates them."""
