"""How the shipped models are made, from the labelled data to the model card.

The noun is a *stage* (`views`, `language`, `model`); the verb is `python -m training [STAGE ...]`.
"""
