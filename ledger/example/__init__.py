"""Ledgers to start from: a small one, the Chongqing one, and a made-up one at full size."""
