"""Scanners, scales and printers: from bytes on a wire to scans and weights. Knows no order and no screen."""
