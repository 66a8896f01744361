"""Hostile inputs from a folder with a manifest, given to this package and to others, each in a process of its own.

`python -m cleantext.evaluate.torture FOLDER --systems cleantext,trafilatura,resiliparse -o OUT`
"""
