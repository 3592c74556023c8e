"""Pure functions on plain dataclasses: routes, cartons, rates; no session, no clock, no input or output."""
