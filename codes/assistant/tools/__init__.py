"""The tools of the assistant: each reads loaded rows and writes sentences that cite them."""
