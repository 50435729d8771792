"""The labelled comments, and what is measured on them."""
