"""The world: mailboxes, the database, files, the mail carrier and the clock."""
