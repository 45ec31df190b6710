"""What the words of a mail say: its passages, and what each of them gives, asks, promises or denies."""
