"""The application: dialogue, handlers, forms, casework and storage. Knows no transport."""
