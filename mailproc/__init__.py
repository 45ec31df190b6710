"""Email-driven ticket processor: a support mailbox in, service requests and letters out."""
