"""The tables of hosted views as they are now; `migrations/` says how a store of an earlier version becomes one.

Times are whole seconds since 1970 (UTC). What is sealed can be read with a link or a manage link only; everything else is what
has to be known to run the store, and says nothing about a survey but how large its view is.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, MetaData, Table

metadata = MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "uq": "uq_%(table_name)s_%(column_0_name)s", "ix": "ix_%(column_0_label)s"}
)

view = Table(
    "view",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("link_digest", LargeBinary(32), nullable=False, unique=True),
    Column("manage_digest", LargeBinary(32), nullable=False, unique=True),
    Column("owner", LargeBinary(32), nullable=False, index=True),  # digest of a browser's cookie or of an account
    Column("link_lock", LargeBinary, nullable=False),  # the view's key, locked with the link (and the passcode)
    Column("manage_lock", LargeBinary, nullable=False),  # the same key, locked with the manage link
    Column("link_copy", LargeBinary, nullable=False),  # the link's token, sealed, for whoever holds the manage link
    Column("owner_copy", LargeBinary, nullable=False),  # the manage link's token, sealed with the browser's cookie
    Column("terms", LargeBinary, nullable=False),  # sealed
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False, index=True),
    Column("last_opened", BigInteger),
    Column("opens", Integer, nullable=False, default=0),
    Column("tries", Integer, nullable=False, default=0),  # passcodes tried since the last right one
    Column("locked_until", BigInteger),
    Column("size", BigInteger, nullable=False),  # bytes, sealed
    Column("revoked", BigInteger),
)

# Apart from its view, so that noting a try or an opening does not write megabytes again.
sealed = Table(
    "sealed",
    metadata,
    Column("view", LargeBinary(16), ForeignKey("view.id", ondelete="CASCADE"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
