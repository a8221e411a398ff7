"""YAML read with the place of every value, and edited in place: nothing is ever dumped back."""
