"""What the product is made of, and whether that has known vulnerabilities. Not in the image."""
