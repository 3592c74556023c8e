"""One panel a place; a panel paints what its dialogue replied and knows no other panel."""
