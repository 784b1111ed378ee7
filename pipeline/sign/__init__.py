"""Electronic signatures: made with an own key, verified, and compared with what was sent to be signed."""
