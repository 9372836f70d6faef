"""Small jobs beside the workflows. Nothing durable depends on them; they may run twice."""
