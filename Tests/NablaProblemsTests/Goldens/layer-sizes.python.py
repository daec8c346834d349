"""Sizes and parameters of a fully connected network: the derivatives as functions."""

# There is no derivative to write as a function.
