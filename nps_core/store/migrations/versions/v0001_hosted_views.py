"""Hosted views and what they hold."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "view",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("link_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("manage_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("owner", sa.LargeBinary(32), nullable=False),
        sa.Column("link_lock", sa.LargeBinary, nullable=False),
        sa.Column("manage_lock", sa.LargeBinary, nullable=False),
        sa.Column("link_copy", sa.LargeBinary, nullable=False),
        sa.Column("owner_copy", sa.LargeBinary, nullable=False),
        sa.Column("terms", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.Column("last_opened", sa.BigInteger),
        sa.Column("opens", sa.Integer, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.BigInteger),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("revoked", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_view"),
        sa.UniqueConstraint("link_digest", name="uq_view_link_digest"),
        sa.UniqueConstraint("manage_digest", name="uq_view_manage_digest"),
    )
    op.create_index("ix_view_owner", "view", ["owner"])
    op.create_index("ix_view_expires", "view", ["expires"])
    op.create_table(
        "sealed",
        sa.Column("view", sa.LargeBinary(16), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("view", name="pk_sealed"),
        sa.ForeignKeyConstraint(["view"], ["view.id"], ondelete="CASCADE"),
    )


def downgrade() -> None:
    """Take both away again."""
    op.drop_table("sealed")
    op.drop_table("view")
