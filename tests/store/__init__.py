"""Tests of the store. All run on real SQLCipher files."""
