"""``subscriptions`` are chosen, ``editions`` planned and queued, ``runs`` do it for everybody."""
