"""Find and count by party"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table(
        "answered_ids",
        sa.Column("message_id", _TEXT(), nullable=False),
        sa.Column("party", _TEXT(), nullable=False),
        sa.Column("number", _TEXT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["service_requests.number"], name=op.f("fk_answered_ids_number_service_requests")
        ),
        sa.PrimaryKeyConstraint("message_id", "party", name=op.f("pk_answered_ids")),
    )
    op.create_index(op.f("ix_answered_ids_number"), "answered_ids", ["number"])
    op.add_column("automatic_letters", sa.Column("number", _TEXT(), nullable=True))
    op.add_column("automatic_letters", sa.Column("domain", _TEXT(), nullable=True))
    op.create_index(
        op.f("ix_automatic_letters_domain_automatic_letters_ordered_at"), "automatic_letters", ["domain", "ordered_at"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_automatic_letters_domain_automatic_letters_ordered_at"), "automatic_letters")
    op.drop_column("automatic_letters", "domain")
    op.drop_column("automatic_letters", "number")
    op.drop_table("answered_ids")
