"""Digests: what a duty manager needs to see, when it goes, and what his answers to it do."""
