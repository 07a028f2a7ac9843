"""Triplomat reads news articles and builds a knowledge graph of who does what to whom."""
