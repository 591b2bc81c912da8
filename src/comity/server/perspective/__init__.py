"""The Perspective API, answered by our signals: a site changes one address and nothing else.

The noun is `AnalyzeRequest`; the verb is `analyze`. What a model of ours does not score is refused,
never invented, and every answer names the model by its hash.
"""
