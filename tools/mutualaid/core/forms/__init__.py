"""Forms, and the text that people type into them, turned into entries and back."""
