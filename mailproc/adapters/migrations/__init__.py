"""The steps by which the database came to its shape; alembic runs them, `adapters.schema` asks for it."""
