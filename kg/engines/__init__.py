"""What runs the rooms one after the other over many articles: here, on the processors of one machine."""
