"""Pure: from an Order to a Letter and its bytes."""
