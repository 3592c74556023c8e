"""The composition root: the only room that builds stores, stations, devices, dialogues and windows."""
