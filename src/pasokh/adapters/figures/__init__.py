"""Public pages of figures, written as files beside what they show: no framework, no rule."""
