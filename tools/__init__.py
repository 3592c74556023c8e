"""Programs that look after the checkout; none of them is part of the product."""
