"""Pictures, as plain shapes that a template writes down as SVG. Beside each stands the same as words."""
