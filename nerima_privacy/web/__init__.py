"""The page shell, components, forms, login, and error pages."""
