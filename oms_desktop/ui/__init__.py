"""What people see: theme, painted widgets, the frame and one panel a place."""
