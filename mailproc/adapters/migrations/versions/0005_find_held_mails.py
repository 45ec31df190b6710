"""Find held mails"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    held = sa.text("outcome = 'held'")
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.create_index("ix_mails_held", ["sender"], sqlite_where=held, postgresql_where=held)


def downgrade() -> None:
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.drop_index("ix_mails_held")
