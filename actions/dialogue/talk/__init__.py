"""How Balai talks about one matter: forms, services, status, humans, ratings, menus."""
