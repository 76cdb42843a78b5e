"""What pages of issues show, in the reader's words: labels, sentences, tones; no choice of who sees what."""
