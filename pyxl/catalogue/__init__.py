"""What is recorded: activity types, cover fields and report sections, from TOML files."""
