"""What can be done with cases, each function one transaction.

`claims` (claim, release, assign, recuse), `rulings` (rule, rule_campaign), `remedies` (confirm),
`strikes` (issue, lift, redeem), `queues` (add, change, remove), `clock` (what time brings).
"""
