"""Records and readings out: citations in the styles of the field, readings as JSON."""
