"""The rules of the house as checks that fail with a sentence: what to do, not only what is wrong."""
