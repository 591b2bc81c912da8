"""How the server is put together."""

SECRET_KEY = ""  # made on first start
INSTALLED_APPS: list[str] = []
