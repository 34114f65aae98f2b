"""What the pages of officers and those of citizens share: who asks, headers, forms, cookies."""
