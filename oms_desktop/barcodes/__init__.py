"""Codes as text: check digits, GS1 identifiers and what a scanned code says. Pure, no devices."""
