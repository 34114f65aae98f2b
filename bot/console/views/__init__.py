"""What the page of a case shows, part by part: labels instead of keys, numbers hidden."""
