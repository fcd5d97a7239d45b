"""From a folder of submissions to what they come to: who has handed in what, read safely, fast, and only once."""
