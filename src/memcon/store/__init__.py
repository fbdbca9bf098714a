"""The archive's memory: one contract, SQLite or PostgreSQL behind it, and a full-text index beside it."""
