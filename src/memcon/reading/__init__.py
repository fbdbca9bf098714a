"""A record in, a reading out: who said what to whom, and what was undertaken.

Each step is a module of this folder with one function; nothing is found without its words and its rule.
"""
