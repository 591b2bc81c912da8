"""Words for who people are and for what they believe: the words that no article may turn on alone.

Neutral words only, and only such as mean hardly anything else. The list is there to raise the
question; it need not be long to do that. Nothing here is ever scored or matched in a post.
"""

import re
from collections.abc import Iterable
from typing import Final


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


_ENGLISH: Final = _words(
    """
    religion religious faith atheist atheism agnostic
    buddhism buddhist christianity christian catholic protestant hinduism hindu islam islamic
    muslim judaism jewish jew sikh taoism taoist mosque synagogue
    nationality ethnicity ethnic race immigrant immigration migrant refugee foreigner
    african american arab asian australian brazilian british canadian chinese egyptian european
    french german indian indonesian iranian iraqi israeli italian japanese korean kurdish mexican
    nigerian pakistani palestinian polish roma romani russian spanish syrian taiwanese tibetan
    turkish ukrainian uyghur vietnamese
    politics political politician government election vote voter campaign president parliament
    communism communist capitalism capitalist conservative democrat democratic liberal libertarian
    nationalist republican socialism socialist feminism feminist
    gender transgender bisexual gay heterosexual homosexual lesbian queer
    disabled disability autistic autism elderly
    """
)
_CHINESE: Final = _words(
    """
    宗教 信仰 无神论 佛教 道教 基督 天主教 新教 伊斯兰 穆斯林 印度教 犹太 锡克教 清真寺 教会
    国籍 民族 种族 汉族 藏族 维吾尔 回族 蒙古族 移民 难民 外国人 外地人
    中国人 美国人 日本人 韩国人 朝鲜人 俄罗斯人 英国人 法国人 德国人 印度人 越南人 台湾人
    香港人 非洲人 阿拉伯人 黑人 白人 亚裔
    政治 政府 政党 选举 投票 总统 议会 共产党 共产主义 社会主义 资本主义 国民党 民进党 民主党
    共和党 保守派 自由派 左派 右派 民族主义 女权
    性别 同性恋 双性恋 异性恋 跨性别 残疾 残障 自闭症 老年人
    """
)


def subjects_in(texts: Iterable[str]) -> list[str]:
    """Those of the words that the texts hold, in order."""
    found: dict[str, None] = {}
    for text in texts:
        lower = text.lower()
        for word in re.findall("[a-z]+", lower):
            if word in _ENGLISH or word.removesuffix("s") in _ENGLISH:
                found[word] = None
        found |= dict.fromkeys(sorted(term for term in _CHINESE if term in lower))
    return list(found)
