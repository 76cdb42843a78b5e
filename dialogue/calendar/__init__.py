"""Working days in Kazakhstan: which days count, and when something is due. Knows no clocks' owners."""
