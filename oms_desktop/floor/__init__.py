"""Floor dialogues: one headless conversation per place; a scan, key or weight in, a reply out."""
