"""What happened, in order. Every stream is numbered 1, 2, 3 … in commit order, without holes."""
