"""Who someone is, and how they sign in. What they may do is decided further up."""
