"""Pure: from the bytes of a message to a Mail."""
