"""Runs the migrations on the connection that `adapters.schema` hands over."""

from alembic import context
from sqlmodel import SQLModel

from mailproc.adapters import models

assert models.REQUESTS.metadata is SQLModel.metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=True,  # ours begins and ends the transaction, on SQLite too
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
