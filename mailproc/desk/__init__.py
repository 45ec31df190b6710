"""Pure: from a Mail or the clock, and what is known of a service request, to one Decision."""
