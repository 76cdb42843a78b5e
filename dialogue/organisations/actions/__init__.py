"""``organisations`` come and are suspended, ``delegations`` begin and end, ``invitations`` lead there."""
