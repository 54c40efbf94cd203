"""A contact is an office, never a private person (CAT-12; 无锡市公共数据开放实施细则 第十一条第二款「联系方式」)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from portal.checks.shape import FileFinding, FileRule, Finding, Rule, Scene
from portal.model import Dataset
from portal.records import Contact

_MOBILE = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
_NOTE = re.compile(r"[（(][^（）()]*[)）]")
# What an office is called: an office name has at least one of these.
_OFFICE = re.compile(
    "[局厅委办部处科股室组岗所站院校馆台队中心窗口平台服务热线公司集团银行协会委员会专员值班数据信息政务]"
)
_PERSON = re.compile(
    r"先生|女士|小姐|同志|老师|联系人|(?:科|处|局|所|站|主|部)?长(?:$|[:：\s])|经办人|工程师$|主任$|专员[\u4e00-\u9fff]{2,3}$"
)
# The hundred or so commonest surnames, and the compound ones still in use.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖"
    "石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤俞戚华葛费季祝梅盛柳殷倪翁庄"
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "夏侯", "令狐")


def contact_is_an_office(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """An entry names an office and its telephone: no person, no mobile number."""
    if dataset.contact:
        yield from (Finding(("contact", key), values) for key, values in _private(dataset.contact))


def other_contacts_are_offices(scene: Scene) -> Iterator[FileFinding]:
    """The same of departments and of the portal."""
    for key, values in _private(scene.catalogue.portal.contact):
        yield FileFinding("catalog/portal.yml", ("contact", key), values)
    for one in scene.catalogue.departments:
        for key, values in _private(one.contact):
            yield FileFinding(f"catalog/{one.id}/department.yml", ("contact", key), values)


def _private(contact: Contact) -> Iterator[tuple[str, dict[str, str]]]:
    """Which keys hold something private, and what it is; the value itself is not repeated in the message."""
    for key in ("office", "phone", "email"):
        digits = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", getattr(contact, key) or ""))
        if _MOBILE.search(digits):
            yield key, {"kind": "手机号码", "kind_en": "a mobile number"}
    office = _NOTE.sub("", unicodedata.normalize("NFKC", contact.office)).strip()
    if _PERSON.search(office) or _is_a_name(office):
        yield "office", {"kind": "个人姓名或称呼", "kind_en": "a person's name"}


def _is_a_name(text: str) -> bool:
    """Two or three characters that begin with a surname, or four with a compound one, and that name no office."""
    bare = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[\u4e00-\u9fff·]{2,4}", bare) or _OFFICE.search(bare):
        return False
    return (bare[0] in _SURNAMES and len(bare) < 4) or bare.startswith(_COMPOUND)


CONTACT_RULES: dict[str, Rule] = {"contact-private": contact_is_an_office}
CONTACT_CITY_RULES: dict[str, FileRule] = {"contact-private": other_contacts_are_offices}
