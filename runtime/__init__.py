"""What every program of ours needs to run: settings, logs, health, a connection to Temporal."""
