"""The same rooms for people and platforms over HTTP: a Django project of small apps."""
