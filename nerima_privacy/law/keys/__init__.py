"""The keys of legal parameters, by what they concern; `law/catalogue.py` puts them together."""
