"""Charters to test with."""

TOWN_SQUARE = """\
charter: Town Square
community: town-square
languages: [en, zh-Hans]
values:
  respect:
    en: We argue with ideas, never against people.
    zh-Hans: 对事不对人。
lists:
  shorteners: [bit.example, tiny.example]
counters:
  author_posts_1h: {count: post.created, by: author, within: 1 hour}
articles:
  - id: no-personal-attacks
    value: respect
    title: {en: No personal attacks, zh-Hans: 不作人身攻击}
    text:  {en: Criticise what was said, not who said it., zh-Hans: 批评观点，不攻击人。}
    when: toxicity >= 0.80 or (identity_attack >= 0.70 and not quotes_parent)
    then: hold
    lesson: disagree-well
    examples:
      violates: ["You are a complete idiot and everyone knows it."]
      allows:   ["That argument is idiotic, and here is why: the figures are from 1998."]
  - id: no-flooding
    value: respect
    title: {en: Leave room for others, zh-Hans: 给他人留出空间}
    text:  {en: No more than twenty posts an hour., zh-Hans: 每小时不超过二十帖。}
    when: author_posts_1h > 20
    then: {remedy: limit, for: 1 hour}
    trial: true        # records what it would have done, does nothing
"""
