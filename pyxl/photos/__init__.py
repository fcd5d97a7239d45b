"""Photographs that rows name as evidence: found beside the ledger, decoded in a child process, made small."""
